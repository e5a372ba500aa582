package dev.freshet.source.mysql;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.OrderColumn;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A described table, read by one streaming query.
final class MySqlTable implements SourceTable {
    private final MySqlSession session;
    private final MySqlName name;
    private final List<ColumnPlan> plans;
    private final List<OrderColumn> orderBy;
    private final OptionalLong estimatedRows;
    private final Schema schema;

    MySqlTable(
            MySqlSession session,
            MySqlName name,
            List<ColumnPlan> plans,
            List<OrderColumn> orderBy,
            OptionalLong estimatedRows) {
        this.session = session;
        this.name = name;
        this.plans = List.copyOf(plans);
        this.orderBy = List.copyOf(orderBy);
        this.estimatedRows = estimatedRows;
        this.schema = SourceColumns.schema(
                name(), plans.stream().map(ColumnPlan::column).toList());
    }

    @Override
    public String name() {
        return name.toString();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public OptionalLong estimatedRows() {
        return estimatedRows;
    }

    @Override
    public List<Split> splits() {
        return List.of(Split.WHOLE);
    }

    @Override
    public void read(Split split, BatchSink sink) throws InterruptedException {
        RowDecoder decoder = new RowDecoder(name(), plans, sink);
        boolean complete = false;
        try {
            decoder.decode(stream());
            complete = true;
        } catch (SQLException e) {
            throw session.failure(name(), e);
        } catch (OutOfMemoryError e) {
            throw new FreshetException(
                    ErrorCode.SOURCE_FAILED,
                    "%s: row %d does not fit into memory; give Freshet a larger heap"
                            .formatted(name(), decoder.rows() + 1),
                    e);
        } finally {
            if (!complete) {
                session.abort();
            }
        }
    }

    /// The rows. They are never closed by themselves: that would read on to their end. Whoever is not at their
    /// end aborts the connection instead.
    private ResultSet stream() throws SQLException {
        Statement statement = session.statement();
        // One row at a time: more would be held in memory together, however wide they are.
        statement.setFetchSize(1);
        return statement.executeQuery(sql());
    }

    private String sql() {
        String columns = plans.stream().map(ColumnPlan::expression).collect(Collectors.joining(", "));
        String order = orderBy.stream()
                .map(column -> "t." + MySqlName.quote(column.name()) + (column.descending() ? " DESC" : " ASC"))
                .collect(Collectors.joining(", "));
        return "SELECT %s FROM %s AS t%s"
                .formatted(columns, name.quoted(), order.isEmpty() ? "" : " ORDER BY " + order);
    }
}
