package dev.freshet.event;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The columns of event tables. Data files lack the last one of the base, which partitions the table.
final class Columns {
    static final String DAY = "day";

    /// What every data file has.
    static final List<Column> IN_FILES = List.of(
            new Column("type", ColumnType.STRING, false),
            new Column("payload", ColumnType.STRING, true),
            new Column("timestamp", ColumnType.TIMESTAMP, false),
            new Column("timestamp_nanos", ColumnType.LONG, false));

    /// What every event table has.
    static final Schema BASE = new Schema(plus(IN_FILES, List.of(new Column(DAY, ColumnType.DATE, false))));

    private Columns() {}

    static Schema table(List<Column> extra) {
        return new Schema(plus(BASE.columns(), extra));
    }

    static Schema file(List<Column> extra) {
        return new Schema(plus(IN_FILES, extra));
    }

    /// For messages: `name string, age long`.
    static String described(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    static <T> List<T> plus(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
