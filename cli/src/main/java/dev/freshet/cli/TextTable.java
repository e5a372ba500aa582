package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// Aligned columns under their titles, numbers to the right, two spaces between, nothing behind the last. The
/// widths are those of the first thousand rows, so that a table of any length can be printed.
final class TextTable {
    private static final String GAP = "  ";
    private static final int MEASURED = 1000;

    private final List<Cell> cells;
    private final Iterator<ObjectNode> rows;

    TextTable(Listing listing) {
        this.cells = listing.cells();
        this.rows = listing.rows().iterator();
    }

    void print(PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(cells.stream().map(Cell::title).toList());
        while (rows.hasNext() && lines.size() <= MEASURED) lines.add(line());
        int[] widths = widths(lines);
        for (List<String> line : lines) out.println(aligned(line, widths));
        while (rows.hasNext()) out.println(aligned(line(), widths));
    }

    private List<String> line() {
        ObjectNode row = rows.next();
        return cells.stream().map(cell -> cell.of(row)).toList();
    }

    private int[] widths(List<List<String>> lines) {
        return IntStream.range(0, cells.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> width(line.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String value = line.get(column);
            String blanks = " ".repeat(Math.max(0, widths[column] - width(value)));
            boolean right = cells.get(column).toTheRight();
            text.append(column == 0 ? "" : GAP)
                    .append(right ? blanks : "")
                    .append(value)
                    .append(right ? "" : blanks);
        }
        return text.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
