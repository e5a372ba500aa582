package dev.freshet.query;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.sql.SQLException;
import java.util.stream.Collectors;

/// DuckDB's errors as ours.
final class Failures {
    private static final int SHOWN_LINES = 4;

    private final QueryLimits limits;

    Failures(QueryLimits limits) {
        this.limits = limits;
    }

    FreshetException of(SQLException e) {
        String message = shown(e);
        if (message.startsWith("INTERRUPT Error")) {
            return failed(
                    "the query was stopped after %d s; raise query.timeout_secs, or ask for less"
                            .formatted(limits.time().toSeconds()),
                    e);
        }
        if (message.startsWith("Out of Memory Error")) {
            return failed(
                    "the query needs more than %d MB of memory; raise query.memory_mb, or ask for less"
                            .formatted(limits.memoryBytes() >> 20),
                    e);
        }
        if (message.startsWith("Permission Error") || message.contains("configuration has been locked")) {
            return failed(
                    "a query reads the lake's tables only, by their names; it has no access to files, network, "
                            + "settings or extensions (" + message + ")",
                    e);
        }
        return failed("the query failed: " + message, e);
    }

    /// A result that cannot be read on.
    static FreshetException reading(SQLException e) {
        return failed("the query's result cannot be read: " + shown(e), e);
    }

    private static FreshetException failed(String message, SQLException e) {
        return new FreshetException(ErrorCode.QUERY_FAILED, message, e);
    }

    /// The first lines, without the one that is empty and the drawing below it.
    private static String shown(SQLException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .takeWhile(line -> !line.startsWith("LINE "))
                .filter(line -> !line.isBlank())
                .limit(SHOWN_LINES)
                .collect(Collectors.joining(" "));
    }
}
