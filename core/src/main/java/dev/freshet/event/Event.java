package dev.freshet.event;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened, as an application tells it: `Event.of("login").payload("{…}")`. Each step returns a new
/// event. It becomes one row of its table for each of its extra rows, which is one unless it brings others. Whether
/// it is in order is checked when it is recorded. Immutable, as long as its values are.
///
/// @param table below `events/` in the lake
/// @param timestamp null for the moment at which it is recorded
/// @param payload JSON, or null
/// @param extraColumns columns beside those that every event has; nullable, whatever they say
/// @param extraRows a value for each extra column, as [dev.freshet.batch.Batch#value] gives them
public record Event(
        String table,
        String type,
        @Nullable Instant timestamp,
        @Nullable String payload,
        List<Column> extraColumns,
        List<List<@Nullable Object>> extraRows) {
    /// Where events go that name no table.
    public static final String DEFAULT_TABLE = "events";

    private static final List<List<@Nullable Object>> ONE_EMPTY_ROW = List.of(List.of());

    public Event {
        if (extraColumns.isEmpty()) {
            extraColumns = List.of();
        } else {
            extraColumns = extraColumns.stream().map(Event::nullable).toList();
        }
        if (extraRows.equals(ONE_EMPTY_ROW)) {
            extraRows = ONE_EMPTY_ROW;
        } else {
            extraRows = extraRows.stream().map(Event::copy).toList();
        }
    }

    /// An event of now, in the default table, without a payload.
    public static Event of(String type) {
        return new Event(DEFAULT_TABLE, type, null, null, List.of(), ONE_EMPTY_ROW);
    }

    public Event in(String table) {
        return new Event(table, type, timestamp, payload, extraColumns, extraRows);
    }

    public Event at(Instant time) {
        return new Event(table, type, time, payload, extraColumns, extraRows);
    }

    /// @param json an object as a rule, but any JSON will do
    public Event payload(String json) {
        return new Event(table, type, timestamp, json, extraColumns, extraRows);
    }

    /// Adds a column with a value for the first row, which is the only one then.
    public Event with(String column, ColumnType type, @Nullable Object value) {
        List<Column> columns = new ArrayList<>(extraColumns);
        columns.add(new Column(column, type, true));
        List<@Nullable Object> row = new ArrayList<>(extraRows.isEmpty() ? List.of() : extraRows.getFirst());
        row.add(value);
        return new Event(table, this.type, timestamp, payload, columns, List.of(row));
    }

    /// With these columns and rows instead of what it had.
    public Event rows(List<Column> columns, List<List<@Nullable Object>> rows) {
        return new Event(table, type, timestamp, payload, columns, rows);
    }

    private static Column nullable(Column column) {
        return column.nullable() ? column : new Column(column.name(), column.type(), true);
    }

    private static List<@Nullable Object> copy(List<@Nullable Object> row) {
        return Collections.unmodifiableList(new ArrayList<>(row));
    }
}
