package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.ingest.Dsn;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// One table to copy now, without a schedule: from where, as what, with which columns as which types, what becomes of
/// values of theirs that do not fit, and how.
public record OneShot(
        String dsn,
        String table,
        Optional<String> dataset,
        Map<String, String> columnsAs,
        Map<String, String> onMisfit,
        Manner manner) {
    /// In which order, of one moment (`strict`) or not (`relaxed`), and over how many connections.
    public record Manner(Optional<String> orderBy, Optional<String> consistency, OptionalInt connections) {}

    public OneShot {
        columnsAs = Collections.unmodifiableMap(new LinkedHashMap<>(columnsAs));
        onMisfit = Collections.unmodifiableMap(new LinkedHashMap<>(onMisfit));
    }

    /// The `kind` that a schedule for the same work would have.
    ObjectNode kind() {
        ObjectNode kind = JsonNodeFactory.instance.objectNode();
        kind.put("type", Dsn.parse(dsn).type()).put("dsn", dsn).put("table", table);
        dataset.ifPresent(name -> kind.put("dataset_name", name));
        manner.orderBy.ifPresent(columns -> kind.put("order_by", columns));
        manner.consistency.ifPresent(choice -> kind.put("consistency", choice));
        manner.connections.ifPresent(count -> kind.put("connections", count));
        if (!columnsAs.isEmpty() || !onMisfit.isEmpty()) {
            ObjectNode columns = kind.putObject("columns");
            columnsAs.forEach(
                    (column, type) -> columns.withObjectProperty(column).put("as", type));
            onMisfit.forEach((column, way) -> columns.withObjectProperty(column).put("on_misfit", way));
        }
        return kind;
    }

    /// Without the DSN, which may hold a password.
    @Override
    public String toString() {
        return "OneShot[" + table + " as " + dataset.orElse(table) + "]";
    }
}
