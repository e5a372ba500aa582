package dev.freshet.event;

import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Whether groups fit a table as it is, and the columns that it takes to hold them. Pure.
final class TableFit {
    private final Schema table;
    private final Map<EventGroup, String> misfits = new LinkedHashMap<>();
    private final List<Column> added = new ArrayList<>();
    private final List<Column> used = new ArrayList<>();

    /// @param newest empty when there is no table yet
    TableFit(Optional<Snapshot> newest, List<EventGroup> groups) {
        this.table = newest.map(Snapshot::schema).orElse(Columns.BASE);
        Optional<String> strange = newest.flatMap(TableFit::strange);
        for (EventGroup group : groups) {
            Optional<String> fault = strange.or(() -> fault(group));
            fault.ifPresentOrElse(
                    why -> misfits.put(group, why), () -> group.columns().forEach(this::use));
        }
    }

    private static Optional<String> strange(Snapshot newest) {
        boolean based = Columns.BASE.columns().stream()
                .allMatch(column -> find(newest.schema(), column)
                        .filter(found -> found.type().equals(column.type()))
                        .isPresent());
        return based && newest.partitionColumns().equals(List.of(Columns.DAY))
                ? Optional.empty()
                : Optional.of("%s is no table of events: expected %s partitioned by day, actual %s partitioned by %s"
                        .formatted(
                                newest.table(),
                                Columns.described(Columns.BASE.columns()),
                                Columns.described(newest.schema().columns()),
                                newest.partitionColumns()));
    }

    private Optional<String> fault(EventGroup group) {
        return group.columns().stream()
                .filter(column -> known(column)
                        .filter(found -> !found.type().equals(column.type()))
                        .isPresent())
                .findFirst()
                .map(column -> "mismatched schema: the table %s has %s, actual %s"
                        .formatted(
                                group.table(),
                                Columns.described(List.of(known(column).orElseThrow())),
                                Columns.described(List.of(column))));
    }

    private Optional<Column> known(Column column) {
        return find(table, column).or(() -> find(new Schema(added), column));
    }

    private static Optional<Column> find(Schema schema, Column column) {
        OptionalInt index = schema.indexOf(column.name());
        return index.isPresent() ? Optional.of(schema.column(index.getAsInt())) : Optional.empty();
    }

    private void use(Column column) {
        Optional<Column> known = known(column);
        Column as = known.orElse(column);
        if (known.isEmpty()) {
            added.add(column);
        }
        if (!used.contains(as)) {
            used.add(as);
        }
    }

    /// Groups that this table can never hold, and why.
    Map<EventGroup, String> misfits() {
        return misfits;
    }

    /// The columns of data files for the groups that fit.
    Schema file() {
        return Columns.file(used);
    }

    /// Whether the table lacks columns.
    boolean widens() {
        return !added.isEmpty();
    }

    /// The table's columns with those that it lacks.
    Schema widened() {
        return new Schema(Columns.plus(table.columns(), added));
    }
}
