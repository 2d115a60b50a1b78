package ca.assistantgazelle.sync.scan;

/**
 * One pass over all pages of an entity. Cursors are offsets: a record removed during the pass moves another one before
 * the cursor. A pass is therefore complete only if Gazelle's total never shrank and as many records were seen as the
 * total. The ids seen are stored in the database.
 */
final class ScanPass {
    private final int number;
    private int seen;
    private int total;
    private boolean shrank;

    /**
     * Resumes the pass of an earlier attempt.
     *
     * @param seen distinct records seen so far
     * @param total last total reported to that attempt; 0 if there was none
     */
    ScanPass(int number, int seen, int total, boolean shrank) {
        this.number = number;
        this.seen = seen;
        this.total = total;
        this.shrank = shrank;
    }

    /** The pass after this one, from the first page. */
    ScanPass next() {
        return new ScanPass(number + 1, 0, 0, false);
    }

    synchronized void totalReported(int newTotal) {
        shrank |= newTotal < total;
        total = newTotal;
    }

    /** Adds records that this pass had not seen before. */
    synchronized void recordsSeen(int more) {
        seen += more;
    }

    synchronized boolean isComplete() {
        return !shrank && seen >= total;
    }

    synchronized boolean shrank() {
        return shrank;
    }

    int number() {
        return number;
    }

    synchronized int seen() {
        return seen;
    }

    synchronized int total() {
        return total;
    }
}
