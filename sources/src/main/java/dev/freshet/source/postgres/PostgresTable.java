package dev.freshet.source.postgres;

import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.OrderColumn;
import dev.freshet.ingest.Parts;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A described table; each split is read by one COPY. Its parts are read by other sessions, too: what those use is
/// fixed before they come.
final class PostgresTable implements SourceTable {
    private final PostgresSession session;
    private final Found found;
    private final List<ColumnPlan> plans;
    private final List<OrderColumn> orderBy;
    private final Schema schema;
    private String snapshot = "";

    /// What the catalog knows of the table beside its columns.
    ///
    /// @param unchecked whether the server does not know in which encoding its texts are
    record Found(Relation relation, Optional<TableKey> key, boolean unchecked) {}

    PostgresTable(PostgresSession session, Found found, List<ColumnPlan> plans, List<OrderColumn> orderBy) {
        this.session = session;
        this.found = found;
        this.plans = List.copyOf(plans);
        this.orderBy = List.copyOf(orderBy);
        this.schema = SourceColumns.schema(
                name(), plans.stream().map(ColumnPlan::column).toList());
    }

    @Override
    public String name() {
        return relation().fullName();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public OptionalLong estimatedRows() {
        return relation().estimatedRows();
    }

    Relation relation() {
        return found.relation();
    }

    Optional<TableKey> tableKey() {
        return found.key();
    }

    boolean unchecked() {
        return found.unchecked();
    }

    /// What the snapshot is called in the database.
    String snapshot() {
        return snapshot;
    }

    @Override
    public Optional<String> key() {
        return found.key().map(TableKey::text);
    }

    @Override
    public Split cut(@Nullable String from, long rows) {
        try {
            String next = found.key().orElseThrow().next(relation().quoted(), new Split(from, null), rows);
            return new Split(from, session.first(next));
        } catch (PostgresException e) {
            throw session.failure(name(), e);
        }
    }

    @Override
    public Parts parts(int sessions, long leastBytes) {
        try {
            Parts parts =
                    new PartPlan(new PostgresCatalog(session.channel()), this, relation()).of(sessions, leastBytes);
            if (!parts.parts().isEmpty()) {
                session.lock(relation());
                snapshot = session.export();
            }
            return parts;
        } catch (PostgresException e) {
            throw session.failure(name(), e);
        }
    }

    @Override
    public void read(Split split, BatchSink sink) throws InterruptedException {
        String where =
                split.equals(Split.WHOLE) ? "" : found.key().orElseThrow().where(split);
        String order = orderBy.stream()
                .map(column -> "t." + PostgresName.quote(column.name()) + (column.descending() ? " DESC" : " ASC"))
                .collect(Collectors.joining(", "));
        copy(session, relation().quoted() + " AS t" + where + (order.isEmpty() ? "" : " ORDER BY " + order), sink);
    }

    /// Copies the rows of what stands behind `FROM`, in which the table is called t.
    void copy(PostgresSession by, String rows, BatchSink sink) throws InterruptedException {
        CopyDecoder decoder = new CopyDecoder(name(), plans, sink);
        boolean complete = false;
        try {
            by.limitTime();
            by.channel().copyOut(sql(rows), decoder);
            decoder.end();
            complete = true;
        } catch (PostgresException e) {
            throw e.state().equals(PostgresException.NO_ROOM) ? tooLarge(decoder.rows() + 1, e) : by.failure(name(), e);
        } catch (OutOfMemoryError e) {
            throw tooLarge(decoder.rows() + 1, e);
        } finally {
            if (!complete) {
                by.channel().abort();
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

    private String sql(String rows) {
        String columns = plans.stream().map(ColumnPlan::expression).collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM " + rows + ") TO STDOUT (FORMAT binary)";
    }
}
