package dev.freshet.ingest;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What an ingest copies: the `kind` object of a definition, checked.
record Ingest(Dsn dsn, TableRequest request, String dataset, Consistency consistency, Limits limits) {
    /// How kind the reading is to its database and to our memory; no effect on what is copied.
    ///
    /// @param connections empty for as many as this process takes by default
    record Limits(int batchRows, OptionalLong rowsPerSecond, Duration maxTransaction, OptionalInt connections) {}

    /// All that decides which rows are copied and how they arrive. Who asks for them is not part of it.
    String work() {
        TreeMap<String, String> columns = new TreeMap<>();
        request.columns().forEach((name, policy) -> columns.put(name, policy.text()));
        return "%s://%s:%d/%s %s table %s as %s"
                .formatted(
                        dsn.type(),
                        dsn.host(),
                        dsn.port(),
                        dsn.database(),
                        dsn.parameters().getOrDefault("search_path", ""),
                        request.table(),
                        columns);
    }
}
