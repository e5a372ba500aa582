package dev.freshet.table;

import dev.freshet.batch.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one commit does to a table, built step by step: `Change.of("WRITE").shape(…).add(files).removeAll()`.
/// Each step returns a new change. Files to add must be written and visible. Without a shape the table keeps its
/// own; a table that does not exist needs one. Immutable.
public final class Change {
    private final String operation;
    private final @Nullable TableShape shape;
    private final List<DataFile> adds;
    private final Removal removal;
    private final Extras extras;

    /// What rides along: domains, entries of commitInfo, numbers of idempotent lanes, and whether readers of changes
    /// see new data.
    private record Extras(
            Map<String, String> domains, Map<String, Object> info, Map<String, Long> numbers, boolean dataChange) {}

    private Change(String operation, @Nullable TableShape shape, List<DataFile> adds, Removal removal, Extras extras) {
        this.operation = operation;
        this.shape = shape;
        this.adds = List.copyOf(adds);
        this.removal = removal;
        this.extras = extras;
    }

    /// A change that does nothing yet but name its operation, as the table's history will show it.
    public static Change of(String operation) {
        return new Change(
                operation, null, List.of(), new Removal.None(), new Extras(Map.of(), Map.of(), Map.of(), true));
    }

    /// The new content replaces the old, with the schema that it has.
    public static Change replace(Schema schema, List<DataFile> files) {
        return of("WRITE").shape(TableShape.of(schema)).add(files).removeAll();
    }

    public Change shape(TableShape shape) {
        return new Change(operation, shape, adds, removal, extras);
    }

    /// The shape of a table without partitions or properties.
    public Change schema(Schema schema) {
        return shape(TableShape.of(schema));
    }

    Change withoutShape() {
        return new Change(operation, null, adds, removal, extras);
    }

    public Change add(List<DataFile> files) {
        return new Change(operation, shape, files, removal, extras);
    }

    public Change removeAll() {
        return new Change(operation, shape, adds, new Removal.All(), extras);
    }

    public Change remove(List<DataFile> files) {
        return new Change(operation, shape, adds, new Removal.These(files), extras);
    }

    /// Keeps a text with the table under a name that begins with `freshet.`.
    public Change domain(String name, String configuration) {
        return with(
                new Extras(plus(extras.domains, name, configuration), extras.info, extras.numbers, extras.dataChange));
    }

    /// An entry of the commit's own record, such as operationParameters; a plain JSON value.
    public Change info(String name, Object value) {
        return with(new Extras(extras.domains, plus(extras.info, name, value), extras.numbers, extras.dataChange));
    }

    /// Makes the commit the one that carries this number of a lane (the `txn` action); see [DeltaTable#numbers].
    public Change number(String lane, long number) {
        return with(new Extras(extras.domains, extras.info, plus(extras.numbers, lane, number), extras.dataChange));
    }

    /// The rows stay the same; only their files change.
    public Change withoutDataChange() {
        return with(new Extras(extras.domains, extras.info, extras.numbers, false));
    }

    boolean isReplacement() {
        return !adds.isEmpty() && removal instanceof Removal.All;
    }

    String operation() {
        return operation;
    }

    Optional<TableShape> shape() {
        return Optional.ofNullable(shape);
    }

    List<DataFile> adds() {
        return adds;
    }

    Removal removal() {
        return removal;
    }

    Map<String, String> domains() {
        return extras.domains;
    }

    Map<String, Object> info() {
        return extras.info;
    }

    Map<String, Long> numbers() {
        return extras.numbers;
    }

    boolean dataChange() {
        return extras.dataChange;
    }

    private Change with(Extras extras) {
        return new Change(operation, shape, adds, removal, extras);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return Collections.unmodifiableMap(copy);
    }
}
