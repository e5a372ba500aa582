package dev.freshet.source.postgres;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.OrderColumn;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A described table; each split is read by one COPY.
final class PostgresTable implements SourceTable {
    private final PostgresSession session;
    private final Relation relation;
    private final List<ColumnPlan> plans;
    private final List<OrderColumn> orderBy;
    private final Optional<TableKey> key;
    private final Schema schema;

    PostgresTable(
            PostgresSession session,
            Relation relation,
            List<ColumnPlan> plans,
            List<OrderColumn> orderBy,
            Optional<TableKey> key) {
        this.session = session;
        this.relation = relation;
        this.plans = List.copyOf(plans);
        this.orderBy = List.copyOf(orderBy);
        this.key = key;
        this.schema = SourceColumns.schema(
                relation.fullName(), plans.stream().map(ColumnPlan::column).toList());
    }

    @Override
    public String name() {
        return relation.fullName();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public OptionalLong estimatedRows() {
        return relation.estimatedRows();
    }

    @Override
    public Optional<String> key() {
        return key.map(TableKey::text);
    }

    @Override
    public Split cut(@Nullable String from, long rows) {
        try {
            String next = key.orElseThrow().next(relation.quoted(), new Split(from, null), rows);
            return new Split(from, session.first(next));
        } catch (PostgresException e) {
            throw session.failure(name(), e);
        }
    }

    @Override
    public void read(Split split, BatchSink sink) throws InterruptedException {
        CopyDecoder decoder = new CopyDecoder(name(), plans, sink);
        boolean complete = false;
        try {
            session.channel().copyOut(sql(split), decoder);
            decoder.end();
            complete = true;
        } catch (PostgresException e) {
            throw e.state().equals(PostgresException.NO_ROOM)
                    ? tooLarge(decoder.rows() + 1, e)
                    : session.failure(name(), e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(decoder.rows() + 1, e);
        } finally {
            if (!complete) {
                session.channel().abort();
            }
        }
    }

    private FreshetException tooLarge(long row, Throwable cause) {
        return new FreshetException(
                ErrorCode.SOURCE_FAILED,
                "%s: row %d does not fit into memory (%s); give Freshet a larger heap"
                        .formatted(name(), row, cause.getMessage()),
                cause);
    }

    private String sql(Split split) {
        String columns = plans.stream().map(ColumnPlan::expression).collect(Collectors.joining(", "));
        String where = split.equals(Split.WHOLE) ? "" : key.orElseThrow().where(split);
        String order = orderBy.stream()
                .map(column -> "t." + PostgresName.quote(column.name()) + (column.descending() ? " DESC" : " ASC"))
                .collect(Collectors.joining(", "));
        return "COPY (SELECT %s FROM %s AS t%s%s) TO STDOUT (FORMAT binary)"
                .formatted(columns, relation.quoted(), where, order.isEmpty() ? "" : " ORDER BY " + order);
    }
}
