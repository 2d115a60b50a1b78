package ca.assistantgazelle.publication;

/**
 * What the ledger says of a tab.
 *
 * @param number the tab's; null when it is not known
 * @param rows below the header
 * @param wantedHash of what was to be published
 * @param foundHash of what was read back then
 */
record Published(String tab, Integer number, int rows, String wantedHash, String foundHash) {}
