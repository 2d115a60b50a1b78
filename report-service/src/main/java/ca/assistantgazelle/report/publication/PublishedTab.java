package ca.assistantgazelle.report.publication;

/**
 * The last recorded publication of a tab.
 *
 * @param sheetId the tab's sheet id; null when unknown
 * @param rows number of rows below the header
 * @param wantedHash hash of the content that was to be published
 * @param foundHash hash of the content that was read back
 */
record PublishedTab(String tab, Integer sheetId, int rows, String wantedHash, String foundHash) {}
