package dev.freshet.source;

import dev.freshet.batch.ColumnType;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.OnMisfit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A row of a table in docs/types.md: the text of its cells, without their backquotes.
public record TypeRow(List<String> cells) {
    public TypeRow {
        cells = List.copyOf(cells);
    }

    /// The rows of the table below a heading.
    public static List<TypeRow> below(String heading) {
        List<String> lines = lines();
        int at = lines.indexOf(heading);
        if (at < 0) {
            throw new AssertionError("docs/types.md has no heading " + heading);
        }
        return lines.stream()
                .skip(at + 1)
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(TypeRow::parse)
                .toList();
    }

    private static TypeRow parse(String line) {
        return new TypeRow(Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                .map(cell -> cell.strip().replaceAll("^`+ ?|`+$", "").replace("\\|", "|"))
                .toList());
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("../docs/types.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String cell(int index) {
        return cells.get(index);
    }

    /// The third and the fourth cell: the type asked for, and what becomes of a value that does not fit.
    public ColumnPolicy policy() {
        return new ColumnPolicy(ColumnType.parse(cell(2)), OnMisfit.valueOf(cell(3).toUpperCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return String.join(" · ", cells);
    }
}
