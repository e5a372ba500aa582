package dev.freshet.ingest;

import java.time.Duration;
import java.util.OptionalLong;

/// What an ingest copies: the `kind` object of a definition, checked.
record Ingest(
        Dsn dsn,
        TableRequest request,
        String dataset,
        int batchRows,
        OptionalLong rowsPerSecond,
        Duration maxTransaction) {}
