package dev.freshet.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Aligned columns under upper-case titles, numbers to the right, two spaces between, nothing behind the last.
final class TextTable {
    private static final String GAP = "  ";

    private final Listing listing;

    TextTable(Listing listing) {
        this.listing = listing;
    }

    void print(PrintStream out) {
        List<List<String>> lines = lines();
        int[] widths = widths(lines);
        for (List<String> line : lines) out.println(aligned(line, widths));
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(listing.cells().stream().map(Cell::title).toList());
        listing.rows()
                .forEach(row -> lines.add(
                        listing.cells().stream().map(cell -> cell.of(row)).toList()));
        return lines;
    }

    private int[] widths(List<List<String>> lines) {
        return IntStream.range(0, listing.cells().size())
                .map(column -> lines.stream()
                        .mapToInt(line -> width(line.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    private String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String blanks = " ".repeat(widths[column] - width(line.get(column)));
            boolean right = listing.cells().get(column).toTheRight();
            text.append(column == 0 ? "" : GAP)
                    .append(right ? blanks : "")
                    .append(line.get(column))
                    .append(right ? "" : blanks);
        }
        return text.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
