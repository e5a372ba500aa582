package dev.freshet.ingest;

import java.time.Duration;

/// How to behave towards a database. `application` is the name that its operators see beside our connection;
/// `maxTransaction` bounds the time one table's reading may take there, zero meaning no bound.
public record SourceSettings(String application, Duration connectTimeout, Duration maxTransaction) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    public SourceSettings {
        if (!connectTimeout.isPositive() || maxTransaction.isNegative()) {
            throw new IllegalArgumentException("a time-out must be positive");
        }
    }

    /// Five seconds to connect, any time to read.
    public static SourceSettings named(String application) {
        return new SourceSettings(application, CONNECT_TIMEOUT, Duration.ZERO);
    }
}
