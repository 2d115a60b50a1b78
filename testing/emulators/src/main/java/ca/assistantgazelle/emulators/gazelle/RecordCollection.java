package ca.assistantgazelle.emulators.gazelle;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The collections of records, with the id prefixes of the real API. */
public enum RecordCollection {
    USERS("usr_"),
    GROUPS("msg_"),
    SERVICES("mit_"),
    CLIENTS("cli_"),
    CONTACTS("con_"),
    PIANOS("ins_"),
    EVENTS("evt_"),
    TIMELINE("tme_"),
    MEASUREMENTS("pms_"),
    NOTICES("ecn_");

    private final String prefix;

    RecordCollection(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }

    /** The name in URLs of the control API. */
    public String urlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RecordCollection> of(String word) {
        return Stream.of(values())
                .filter(collection -> collection.urlName().equals(word))
                .findFirst();
    }
}
