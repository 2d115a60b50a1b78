package ca.assistantgazelle.emulators.google;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/** Renders a spreadsheet as its readers see it: one tab at a time, with a frozen header. */
final class SpreadsheetHtmlPage {
    private static final int MAX_ROWS = 2_000;

    private SpreadsheetHtmlPage() {}

    static String list(Collection<EmulatedSpreadsheet> spreadsheets) {
        var links = spreadsheets.stream()
                .map(one -> "<li><a href=\"/spreadsheets/d/%s\">%s</a></li>"
                        .formatted(escaped(one.id()), escaped(one.title())))
                .collect(Collectors.joining("\n"));
        return page("Feuilles de calcul", "<ul class=\"list\">" + links + "</ul>");
    }

    static String of(EmulatedSpreadsheet spreadsheet) {
        var body = new StringBuilder();
        synchronized (spreadsheet) {
            var visible = spreadsheet.sheets().stream()
                    .filter(sheet -> !sheet.hidden())
                    .toList();
            var opened = visible.stream()
                    .filter(sheet -> sheet.usedRows() > 0)
                    .findFirst()
                    .orElse(visible.getFirst());
            for (var sheet : visible) {
                body.append(
                        "<input type=\"radio\" name=\"tab\" id=\"t%d\"%s><label for=\"t%d\">%s <small>%d</small></label>"
                                .formatted(
                                        sheet.id(),
                                        sheet == opened ? " checked" : "",
                                        sheet.id(),
                                        escaped(sheet.title()),
                                        Math.max(0, sheet.usedRows() - sheet.frozenRows())));
                body.append("<section>").append(table(sheet)).append("</section>");
            }
        }
        return page(spreadsheet.title(), "<div class=\"tabs\">" + body + "</div>");
    }

    private static String table(EmulatedSheet sheet) {
        var table = new StringBuilder("<table>");
        int rows = Math.min(sheet.usedRows(), MAX_ROWS);
        for (int row = 0; row < rows; row++) {
            var cell = row < sheet.frozenRows() ? "th" : "td";
            table.append("<tr>");
            for (int column = 0; column < sheet.columnCount(); column++) {
                table.append('<')
                        .append(cell)
                        .append('>')
                        .append(escaped(sheet.displayedValue(row, column)))
                        .append("</")
                        .append(cell)
                        .append('>');
            }
            table.append("</tr>\n");
        }
        table.append("</table>");
        if (sheet.usedRows() > MAX_ROWS) {
            table.append("<p>%d autres lignes ne sont pas montrées ici.</p>".formatted(sheet.usedRows() - MAX_ROWS));
        }
        return sheet.usedRows() == 0 ? "<p>Cet onglet est vide.</p>" : table.toString();
    }

    private static String page(String title, String body) {
        try (var in = SpreadsheetHtmlPage.class.getResourceAsStream("/google/page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{title}", escaped(title))
                    .replace("{body}", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
