package dev.freshet.event;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import java.util.List;
import java.util.Objects;

/// Events that can never be stored where they belong, as entries of a table of their own that says why.
final class DeadLetters {
    private static final List<Column> COLUMNS = List.of(
            new Column("reason", ColumnType.STRING, true),
            new Column("intended_table", ColumnType.STRING, true),
            new Column("extra_columns", ColumnType.STRING, true),
            new Column("extra_rows", ColumnType.STRING, true));

    private DeadLetters() {}

    static Entry of(Entry entry, String reason) {
        return new Entry(
                EventRecorder.DEAD_LETTERS,
                entry.type(),
                entry.timestamp(),
                entry.payload(),
                COLUMNS,
                List.of(List.of(
                        reason, entry.table(), Columns.described(entry.columns()), Objects.toString(entry.rows()))));
    }
}
