package dev.freshet.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a query, complete and outside Java's heap until closed. Confined to one thread. Values are made
/// for output: `Boolean`, numbers (decimals as exact `BigDecimal`), `String` (also for dates and times, in ISO
/// 8601, and for bytes, in base64), `List`, `Map` with text keys, or null.
public final class QueryResult implements AutoCloseable {
    private final Sandbox sandbox;
    private final ResultSet result;
    private final Reading reading;

    QueryResult(Sandbox sandbox, ResultSet result, Reading reading) {
        this.sandbox = sandbox;
        this.result = result;
        this.reading = reading;
    }

    public List<QueryColumn> columns() {
        return reading.columns();
    }

    /// Moves to the next row; false at the end.
    public boolean next() {
        try {
            return result.next();
        } catch (SQLException e) {
            throw Failures.reading(e);
        }
    }

    /// The values of the row.
    public List<@Nullable Object> row() {
        try {
            List<@Nullable Object> row = new ArrayList<>(columns().size());
            for (int i = 0; i < columns().size(); i++) {
                row.add(ResultValues.get(result, i + 1, reading.local().get(i)));
            }
            return Collections.unmodifiableList(row);
        } catch (SQLException e) {
            throw Failures.reading(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
