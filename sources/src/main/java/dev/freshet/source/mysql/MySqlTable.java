package dev.freshet.source.mysql;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.OrderColumn;
import dev.freshet.ingest.Parts;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A described table; each split is read by one streaming query.
final class MySqlTable implements SourceTable {
    private final MySqlSession session;
    private final Found found;
    private final List<ColumnPlan> plans;
    private final List<OrderColumn> orderBy;
    private final Schema schema;

    /// What the catalog knows of the table beside its columns.
    record Found(MySqlName name, OptionalLong estimatedRows, Optional<TableKey> key) {}

    MySqlTable(MySqlSession session, Found found, List<ColumnPlan> plans, List<OrderColumn> orderBy) {
        this.session = session;
        this.found = found;
        this.plans = List.copyOf(plans);
        this.orderBy = List.copyOf(orderBy);
        this.schema = SourceColumns.schema(
                name(), plans.stream().map(ColumnPlan::column).toList());
    }

    @Override
    public String name() {
        return found.name().toString();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public OptionalLong estimatedRows() {
        return found.estimatedRows();
    }

    @Override
    public Optional<String> key() {
        return found.key().map(TableKey::text);
    }

    @Override
    public Split cut(@Nullable String from, long rows) {
        Split rest = new Split(from, null);
        TableKey key = found.key().orElseThrow();
        try (PreparedStatement statement = session.prepare(key.next(found.name().quoted(), rest, rows))) {
            key.bind(rest, statement);
            try (ResultSet row = statement.executeQuery()) {
                return new Split(from, row.next() ? row.getString(1) : null);
            }
        } catch (SQLException e) {
            throw session.failure(name(), e);
        }
    }

    /// Sessions could only share a snapshot if the whole server stood still, under `FLUSH TABLES WITH READ LOCK`.
    @Override
    public Parts parts(int sessions, long leastBytes) {
        return Parts.none("MySQL and MariaDB have no snapshot that connections could share");
    }

    @Override
    public void read(Split split, BatchSink sink) throws InterruptedException {
        RowDecoder decoder = new RowDecoder(name(), plans, sink);
        boolean complete = false;
        try {
            decoder.decode(stream(split));
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
    private ResultSet stream(Split split) throws SQLException {
        PreparedStatement statement = session.prepare(sql(split));
        // One row at a time: more would be held in memory together, however wide they are.
        statement.setFetchSize(1);
        if (!split.equals(Split.WHOLE)) {
            found.key().orElseThrow().bind(split, statement);
        }
        return statement.executeQuery();
    }

    private String sql(Split split) {
        String columns = plans.stream().map(ColumnPlan::expression).collect(Collectors.joining(", "));
        String where =
                split.equals(Split.WHOLE) ? "" : found.key().orElseThrow().where(split);
        String order = orderBy.stream()
                .map(column -> "t." + MySqlName.quote(column.name()) + (column.descending() ? " DESC" : " ASC"))
                .collect(Collectors.joining(", "));
        return "SELECT %s FROM %s AS t%s%s"
                .formatted(columns, found.name().quoted(), where, order.isEmpty() ? "" : " ORDER BY " + order);
    }
}
