package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Fields;
import dev.freshet.schedule.Names;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Reads the `kind` object of an ingest strictly.
final class IngestReader {
    private static final List<String> KEYS = List.of(
            "type",
            "dsn",
            "table",
            "dataset_name",
            "batch_size",
            "order_by",
            "mode",
            "columns",
            "connections",
            "consistency",
            "max_rows_per_sec",
            "max_transaction_secs");
    private static final List<String> WAYS = Arrays.stream(OnMisfit.values())
            .map(way -> way.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final int DEFAULT_BATCH_ROWS = 4_096;
    private static final int MOST_BATCH_ROWS = 1_000_000;
    private static final int MOST_CONNECTIONS = 64;
    private static final long MOST_ROWS_PER_SECOND = 1_000_000_000;
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int LONGEST_TEXT = 1000;

    private final Fields fields;

    private IngestReader(JsonNode kind) {
        this.fields = Fields.of("kind", kind, KEYS);
    }

    /// @throws FreshetException `BAD_DEFINITION` that says where the definition is wrong
    static Ingest read(JsonNode kind) {
        return new IngestReader(kind).ingest();
    }

    private Ingest ingest() {
        checkWhatIsToCome();
        Dsn dsn = Dsn.parse(fields.text("dsn"));
        String table = bounded("table", fields.text("table"));
        TableRequest request = new TableRequest(table, columns(), orderBy());
        Ingest ingest = new Ingest(dsn, request, dataset(table), consistency(request), limits());
        checkConnections(ingest);
        return ingest;
    }

    private Ingest.Limits limits() {
        return new Ingest.Limits(
                fields.has("batch_size") ? (int) fields.number("batch_size", 1, MOST_BATCH_ROWS) : DEFAULT_BATCH_ROWS,
                fields.has("max_rows_per_sec")
                        ? OptionalLong.of(fields.number("max_rows_per_sec", 1, MOST_ROWS_PER_SECOND))
                        : OptionalLong.empty(),
                fields.has("max_transaction_secs")
                        ? fields.seconds("max_transaction_secs", Duration.ofSeconds(1), LONGEST)
                        : Duration.ZERO,
                connections());
    }

    private OptionalInt connections() {
        return fields.has("connections")
                ? OptionalInt.of((int) fields.number("connections", 1, MOST_CONNECTIONS))
                : OptionalInt.empty();
    }

    private void checkConnections(Ingest ingest) {
        int connections = ingest.limits().connections().orElse(1);
        if (connections > 1 && !ingest.request().orderBy().isEmpty()) {
            throw fields.refused(
                    "connections",
                    "is %d, and 'order_by' asks for one order of all rows, which one connection reads; leave one out"
                            .formatted(connections));
        }
        if (connections > 1 && ingest.consistency() == Consistency.RELAXED) {
            throw fields.refused(
                    "connections",
                    "is %d, and relaxed 'consistency' reads one split after the other over one connection; leave one out"
                            .formatted(connections));
        }
    }

    private void checkWhatIsToCome() {
        if (fields.has("mode")
                && !fields.oneOf("mode", List.of("full", "incremental", "upsert"))
                        .equals("full")) {
            throw fields.refused("mode", "is " + fields.text("mode") + ", which is not here yet; use full");
        }
    }

    private Consistency consistency(TableRequest request) {
        if (!fields.has("consistency")
                || fields.oneOf("consistency", List.of("strict", "relaxed")).equals("strict")) {
            return Consistency.STRICT;
        }
        if (!request.orderBy().isEmpty()) {
            throw fields.refused(
                    "consistency",
                    "is relaxed, which reads the table in ranges of its key, and 'order_by' asks for another order; leave one out");
        }
        return Consistency.RELAXED;
    }

    private String dataset(String table) {
        if (fields.has("dataset_name")) {
            return Names.require("dataset", fields.text("dataset_name"));
        }
        String name = table.strip().replaceFirst("(?s).*\\.(?=[^\"`.]+$|[\"`][^\"`]+[\"`]$)", "");
        try {
            return Names.require("dataset", name.replaceAll("^[\"`]|[\"`]$", ""));
        } catch (FreshetException e) {
            throw fields.refused(
                    "dataset_name",
                    "is missing (--dataset), and the table's name cannot stand for it: " + e.getMessage());
        }
    }

    private Map<String, ColumnPolicy> columns() {
        Map<String, ColumnPolicy> policies = new LinkedHashMap<>();
        if (fields.has("columns")) {
            JsonNode columns = fields.required("columns");
            if (!columns.isObject()) {
                throw fields.refused("columns", "must be an object such as {price: {as: \"string\"}}");
            }
            columns.properties()
                    .forEach(column -> policies.put(column.getKey(), policy(column.getKey(), column.getValue())));
        }
        return policies;
    }

    private static ColumnPolicy policy(String column, JsonNode policy) {
        Fields fields = Fields.of("kind: columns." + column, policy, List.of("as", "on_misfit"));
        if (!fields.has("as")) {
            throw fields.refused(
                    "as",
                    "is missing; say as which type the column is to arrive, here or with --as %s=TYPE"
                            .formatted(column));
        }
        String as = fields.text("as");
        try {
            return new ColumnPolicy(ColumnType.parse(as.equals("int") ? "integer" : as), onMisfit(policy, fields));
        } catch (IllegalArgumentException e) {
            throw fields.refused("as", "is '%s': %s".formatted(as, e.getMessage()));
        }
    }

    /// The word `null` stands in YAML for nothing, but nobody writes it to say nothing.
    private static OnMisfit onMisfit(JsonNode policy, Fields fields) {
        if (policy.path("on_misfit").isNull()) {
            return OnMisfit.NULL;
        }
        return fields.has("on_misfit")
                ? OnMisfit.valueOf(fields.oneOf("on_misfit", WAYS).toUpperCase(Locale.ROOT))
                : OnMisfit.ERROR;
    }

    private List<OrderColumn> orderBy() {
        if (!fields.has("order_by")) {
            return List.of();
        }
        JsonNode orderBy = fields.required("order_by");
        String text = orderBy.isArray()
                ? fields.list("order_by").stream().map(JsonNode::asText).collect(Collectors.joining(", "))
                : fields.text("order_by");
        try {
            return OrderBy.parse(bounded("order_by", text));
        } catch (IllegalArgumentException e) {
            throw new FreshetException(ErrorCode.BAD_DEFINITION, "kind: 'order_by': " + e.getMessage());
        }
    }

    private String bounded(String key, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw fields.refused(key, "must have 1 to " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
