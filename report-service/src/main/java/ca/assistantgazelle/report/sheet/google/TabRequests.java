package ca.assistantgazelle.report.sheet.google;

import ca.assistantgazelle.report.sheet.SheetTab;
import com.google.api.services.sheets.v4.model.AddSheetRequest;
import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.CellFormat;
import com.google.api.services.sheets.v4.model.CopyPasteRequest;
import com.google.api.services.sheets.v4.model.DeleteSheetRequest;
import com.google.api.services.sheets.v4.model.DimensionProperties;
import com.google.api.services.sheets.v4.model.DimensionRange;
import com.google.api.services.sheets.v4.model.ExtendedValue;
import com.google.api.services.sheets.v4.model.GridProperties;
import com.google.api.services.sheets.v4.model.GridRange;
import com.google.api.services.sheets.v4.model.NumberFormat;
import com.google.api.services.sheets.v4.model.RepeatCellRequest;
import com.google.api.services.sheets.v4.model.Request;
import com.google.api.services.sheets.v4.model.RowData;
import com.google.api.services.sheets.v4.model.SheetProperties;
import com.google.api.services.sheets.v4.model.TextFormat;
import com.google.api.services.sheets.v4.model.UpdateCellsRequest;
import com.google.api.services.sheets.v4.model.UpdateDimensionPropertiesRequest;
import com.google.api.services.sheets.v4.model.UpdateSheetPropertiesRequest;
import java.util.ArrayList;
import java.util.List;

/** Builds the requests of a batch update. */
final class TabRequests {
    /** In pixels, in column order. */
    private static final int[] COLUMN_WIDTHS = {95, 80, 420, 200, 110, 110, 110, 90, 60, 130, 130, 170};

    private TabRequests() {}

    static Request add(int number, String title, int rows, int columns, boolean hidden) {
        var grid = new GridProperties().setRowCount(rows).setColumnCount(columns);
        return new Request()
                .setAddSheet(new AddSheetRequest()
                        .setProperties(new SheetProperties()
                                .setSheetId(number)
                                .setTitle(title)
                                .setHidden(hidden)
                                .setGridProperties(grid)));
    }

    static Request delete(int number) {
        return new Request().setDeleteSheet(new DeleteSheetRequest().setSheetId(number));
    }

    /** Also restores the title and reduces frozen rows or columns that would cover the whole grid. */
    static Request resize(SheetTab tab, String title, int rows, int columns) {
        var fields = new ArrayList<>(List.of("title", "gridProperties.rowCount", "gridProperties.columnCount"));
        var grid = new GridProperties().setRowCount(rows).setColumnCount(columns);
        var properties =
                new SheetProperties().setSheetId(tab.sheetId()).setTitle(title).setGridProperties(grid);
        if (tab.frozenRows() >= rows || tab.frozenRows() == 0) {
            grid.setFrozenRowCount(1);
            fields.add("gridProperties.frozenRowCount");
        }
        if (tab.frozenColumns() >= columns) {
            grid.setFrozenColumnCount(0);
            fields.add("gridProperties.frozenColumnCount");
        }
        return new Request()
                .setUpdateSheetProperties(new UpdateSheetPropertiesRequest()
                        .setProperties(properties)
                        .setFields(String.join(",", fields)));
    }

    /** Clears the cells that the rows do not fill. Text stays text, even when it starts with '='. */
    static Request updateCells(int number, int firstRow, int endRow, int columns, List<List<String>> rows) {
        return new Request()
                .setUpdateCells(new UpdateCellsRequest()
                        .setRange(range(number, firstRow, endRow, columns))
                        .setRows(rows.stream().map(row -> row(row, columns)).toList())
                        .setFields("userEnteredValue"));
    }

    private static RowData row(List<String> cells, int columns) {
        var values = new ArrayList<CellData>(columns);
        cells.forEach(text -> values.add(cell(text)));
        while (values.size() < columns) {
            values.add(new CellData());
        }
        return new RowData().setValues(values);
    }

    private static CellData cell(String text) {
        var cell = new CellData();
        return text.isEmpty() ? cell : cell.setUserEnteredValue(new ExtendedValue().setStringValue(text));
    }

    static Request copy(int from, int to, int rows, int columns) {
        return new Request()
                .setCopyPaste(new CopyPasteRequest()
                        .setSource(range(from, 0, rows, columns))
                        .setDestination(range(to, 0, rows, columns))
                        .setPasteType("PASTE_VALUES"));
    }

    /** Initial formatting, applied once so that users may change it. */
    static List<Request> formatting(int number) {
        var looks = new ArrayList<Request>();
        var bold = new CellFormat().setTextFormat(new TextFormat().setBold(true));
        looks.add(format(range(number, 0, 1, COLUMN_WIDTHS.length), bold, "userEnteredFormat.textFormat.bold"));
        var date = new CellFormat()
                .setNumberFormat(new NumberFormat().setType("DATE").setPattern("yyyy-mm-dd"));
        looks.add(format(
                new GridRange()
                        .setSheetId(number)
                        .setStartRowIndex(1)
                        .setStartColumnIndex(0)
                        .setEndColumnIndex(1),
                date,
                "userEnteredFormat.numberFormat"));
        var wrapped = new CellFormat().setWrapStrategy("WRAP").setVerticalAlignment("TOP");
        looks.add(format(
                new GridRange()
                        .setSheetId(number)
                        .setStartRowIndex(1)
                        .setStartColumnIndex(0)
                        .setEndColumnIndex(COLUMN_WIDTHS.length),
                wrapped,
                "userEnteredFormat.wrapStrategy,userEnteredFormat.verticalAlignment"));
        for (int column = 0; column < COLUMN_WIDTHS.length; column++) {
            looks.add(columnWidth(number, column));
        }
        return looks;
    }

    private static Request format(GridRange range, CellFormat format, String fields) {
        return new Request()
                .setRepeatCell(new RepeatCellRequest()
                        .setRange(range)
                        .setCell(new CellData().setUserEnteredFormat(format))
                        .setFields(fields));
    }

    private static Request columnWidth(int number, int column) {
        return new Request()
                .setUpdateDimensionProperties(new UpdateDimensionPropertiesRequest()
                        .setRange(new DimensionRange()
                                .setSheetId(number)
                                .setDimension("COLUMNS")
                                .setStartIndex(column)
                                .setEndIndex(column + 1))
                        .setProperties(new DimensionProperties().setPixelSize(COLUMN_WIDTHS[column]))
                        .setFields("pixelSize"));
    }

    private static GridRange range(int number, int firstRow, int endRow, int columns) {
        return new GridRange()
                .setSheetId(number)
                .setStartRowIndex(firstRow)
                .setEndRowIndex(endRow)
                .setStartColumnIndex(0)
                .setEndColumnIndex(columns);
    }
}
