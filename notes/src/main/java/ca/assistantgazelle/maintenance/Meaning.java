package ca.assistantgazelle.maintenance;

/** What a word of state says. */
enum Meaning {
  /** Something is wrong. */
  RAISE,
  /** Something is right again; denied, it is wrong. */
  RESOLVE,
  /** All is well; denied, it says nothing. */
  FINE,
  /** Something is to be put right: it is wrong now. */
  TO_DO
}
