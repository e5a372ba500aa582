package dev.freshet.source.postgres;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.TableRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A connection, and the transaction in which a table is described and read; each description begins one.
final class PostgresSession implements SourceSession {
    /// Everything that decides how values are printed, and what may interrupt us, whatever role or database
    /// say.
    private static final String SETTINGS = """
            SET LOCAL client_encoding = 'UTF8';
            SET LOCAL datestyle = 'ISO, YMD';
            SET LOCAL intervalstyle = 'postgres';
            SET LOCAL timezone = 'UTC';
            SET LOCAL extra_float_digits = 3;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL row_security = off;
            SET LOCAL lock_timeout = '60s';
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SET LOCAL statement_timeout = %d""";

    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /// The bytes as they are, for us to look at: the server would end the reading at the first wrong one.
    private static final String BYTES = "SET LOCAL client_encoding = 'SQL_ASCII'";

    private static final String TIME_LEFT = """
            SELECT millis, pg_catalog.set_config('statement_timeout', greatest(1, millis)::text, true)
            FROM (SELECT (%d - extract(epoch FROM clock_timestamp() - now()) * 1000)::int8 AS millis) AS time_left""";

    private final Channel channel;
    private final Login login;
    private final SourceSettings settings;
    private final PostgresFailures failures;
    private boolean described;
    private volatile boolean cancelled;

    PostgresSession(Channel channel, Login login, SourceSettings settings, PostgresFailures failures) {
        this.channel = channel;
        this.login = login;
        this.settings = settings;
        this.failures = failures;
    }

    @Override
    public SourceTable describe(TableRequest request) {
        try {
            return table(request);
        } catch (PostgresException e) {
            throw failure(request.table(), e);
        }
    }

    @Override
    public void join(SourceTable table) {
        try {
            endSnapshot();
            join((PostgresTable) table);
        } catch (PostgresException e) {
            throw failure(table.name(), e);
        }
    }

    /// Locks the table, too: whoever waits for a stronger lock would be waited for by the first part of each
    /// session. It is not waited for here for long, because the other session goes on without us.
    private void join(PostgresTable table) throws PostgresException {
        channel.execute(BEGIN);
        channel.execute("SET TRANSACTION SNAPSHOT " + PostgresName.literal(table.snapshot()));
        applySettings();
        channel.execute("SET LOCAL lock_timeout = '2s'");
        lock(table.relation());
        if (table.unchecked()) {
            channel.execute(BYTES);
        }
    }

    /// Keeps the table, and the tables that its rows are spread over, as they are.
    void lock(Relation relation) throws PostgresException {
        if (relation.lockable()) {
            channel.execute("LOCK TABLE " + relation.quoted() + " IN ACCESS SHARE MODE");
        } else {
            channel.execute("SELECT FROM " + relation.quoted() + " LIMIT 0");
        }
    }

    /// Lets other sessions join the snapshot of this one, until it ends.
    String export() throws PostgresException {
        return Objects.requireNonNull(first("SELECT pg_catalog.pg_export_snapshot()"));
    }

    /// The next statement may take what is left of the time that the transaction may take.
    ///
    /// @throws PostgresException if nothing is left: the server could end a short statement before it looks at the time
    void limitTime() throws PostgresException {
        long most = settings.maxTransaction().toMillis();
        if (most > 0 && Long.parseLong(Objects.requireNonNull(first(TIME_LEFT.formatted(most)))) <= 0) {
            throw new PostgresException(PostgresException.ENDED, "its transaction has taken %d ms".formatted(most));
        }
    }

    private SourceTable table(TableRequest request) throws PostgresException {
        PostgresCatalog catalog = new PostgresCatalog(channel);
        endSnapshot();
        begin();
        Relation relation = catalog.find(PostgresName.parse(request.table()));
        List<PostgresColumn> found = catalog.columns(relation);
        checkGrants(catalog, relation, found);
        channel.execute("COMMIT");
        // The lock comes before the snapshot: a table rewritten in between would look empty to it.
        begin();
        if (relation.lockable()) {
            channel.execute("LOCK TABLE " + relation.quoted() + " IN ACCESS SHARE MODE");
        }
        List<PostgresColumn> columns = catalog.columns(relation);
        TableRequest checked = request.in(
                relation.fullName(), columns.stream().map(PostgresColumn::name).toList());
        boolean unchecked = catalog.serverEncoding().equals("SQL_ASCII");
        // Bytes of no known encoding cannot be bounds: they would not come back as they are.
        Optional<TableKey> key = catalog.key(relation, columns)
                .filter(one -> !unchecked || one.collation().isEmpty());
        List<ColumnPlan> plans = new ColumnPlans(catalog, unchecked).of(columns, checked);
        if (unchecked) {
            channel.execute(BYTES);
        }
        return new PostgresTable(this, new PostgresTable.Found(relation, key, unchecked), plans, checked.orderBy());
    }

    /// Ends the snapshot of the table that was described before, if there was one.
    private void endSnapshot() throws PostgresException {
        if (described) {
            channel.execute("COMMIT");
        }
        described = true;
    }

    private void begin() throws PostgresException {
        channel.execute(BEGIN);
        applySettings();
    }

    private void applySettings() throws PostgresException {
        channel.execute(SETTINGS.formatted(settings.maxTransaction().toMillis()));
        String path = login.parameters().get("search_path");
        if (path != null) {
            channel.execute("SET LOCAL search_path = "
                    + List.of(path.split(",")).stream()
                            .map(part -> PostgresName.quote(part.strip()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private void checkGrants(PostgresCatalog catalog, Relation relation, List<PostgresColumn> columns)
            throws PostgresException {
        String user = PostgresName.quote(catalog.currentUser());
        if (!relation.schemaUsable()) {
            throw grantMissing(
                    relation,
                    "GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s TO %s"
                            .formatted(PostgresName.quote(relation.schema()), user, relation.quoted(), user));
        }
        if (!relation.readable() && columns.stream().anyMatch(column -> !column.readable())) {
            throw grantMissing(relation, "GRANT SELECT ON %s TO %s".formatted(relation.quoted(), user));
        }
    }

    private FreshetException grantMissing(Relation relation, String grant) {
        return new FreshetException(
                ErrorCode.GRANT_MISSING,
                "user '%s' may not read %s; let its owner run: %s;"
                        .formatted(login.user(), relation.fullName(), grant));
    }

    /// The first value of a query's first row; null if there is no row.
    @Nullable
    String first(String sql) throws PostgresException {
        List<Row> rows = channel.query(sql);
        return rows.isEmpty() ? null : rows.getFirst().value(0);
    }

    Channel channel() {
        return channel;
    }

    FreshetException failure(String table, PostgresException e) {
        return cancelled ? failures.cancelled(table) : failures.reading(table, e);
    }

    @Override
    public void cancel() {
        cancelled = true;
        channel.cancel();
        channel.abort();
    }

    @Override
    public void close() {
        channel.close();
    }
}
