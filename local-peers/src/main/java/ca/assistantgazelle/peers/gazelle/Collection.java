package ca.assistantgazelle.peers.gazelle;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of records the emulator holds, with the id prefixes of the real API. */
public enum Collection {
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

  Collection(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  /** The word used in control URLs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Collection> of(String word) {
    return Stream.of(values()).filter(collection -> collection.word().equals(word)).findFirst();
  }
}
