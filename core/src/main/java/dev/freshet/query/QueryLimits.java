package dev.freshet.query;

import java.time.Duration;

/// What one query may use. A query that needs more fails and says so; nothing is spilled to disk. Not limited is
/// what DuckDB computes from constants alone while it plans, such as the length of `range(100000000)`.
///
/// @param memoryBytes for the query and its result, outside Java's heap
/// @param time whole seconds
/// @param threads that work on it
public record QueryLimits(long memoryBytes, Duration time, int threads) {
    private static final long LEAST_MEMORY = 32L << 20;

    public QueryLimits {
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("a query needs at least 32 MB of memory");
        }
        if (time.toSeconds() < 1 || threads < 1) {
            throw new IllegalArgumentException("a query needs at least one second and one thread");
        }
    }

    /// 1 GB, five minutes, four threads.
    public static QueryLimits defaults() {
        return new QueryLimits(1L << 30, Duration.ofMinutes(5), 4);
    }
}
