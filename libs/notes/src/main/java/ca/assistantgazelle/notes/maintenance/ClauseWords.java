package ca.assistantgazelle.notes.maintenance;

import static ca.assistantgazelle.notes.maintenance.NoteWordList.AGAIN;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.ALL;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.ARTICLES;
import static ca.assistantgazelle.notes.maintenance.NoteWordList.FILLERS;

import java.util.ArrayList;
import java.util.List;

/** The words of one clause. */
record ClauseWords(List<String> all) {

    static ClauseWords of(String clause) {
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= clause.length(); i++) {
            boolean letter = i < clause.length() && Character.isLetterOrDigit(clause.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                words.add(clause.substring(start, i));
                start = -1;
            }
        }
        return new ClauseWords(List.copyOf(words));
    }

    /** Whether only "et" or "and" and articles are between the two indexes. */
    boolean areJoined(int from, int to) {
        boolean joined = false;
        for (int i = from; i < to; i++) {
            boolean conjunction = is(i, "et") || is(i, "and");
            joined |= conjunction;
            if (!conjunction && !ARTICLES.contains(all.get(i)) && !is(i, "l")) {
                return false;
            }
        }
        return joined;
    }

    /** Whether only filler words are between the two indexes. */
    boolean hasOnlyFillers(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!FILLERS.contains(all.get(i))) {
                return false;
            }
        }
        return true;
    }

    boolean containsAllWord(int to) {
        return containsAnyOf(ALL, 0, to);
    }

    boolean containsAgainWord() {
        return containsAnyOf(AGAIN, 0, all.size());
    }

    boolean is(int at, String word) {
        return at >= 0 && at < all.size() && all.get(at).equals(word);
    }

    boolean containsAnyOf(NoteWordList words, int from, int to) {
        for (int i = from; i < to; i++) {
            if (words.contains(all.get(i))) {
                return true;
            }
        }
        return false;
    }
}
