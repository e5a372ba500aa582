package dev.freshet.source.mysql;

import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.TableRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// A connection, and the transaction in which a table is described and read; each description begins one.
final class MySqlSession implements SourceSession {
    /// Everything that decides how values are printed, and what may interrupt us, whatever the server's
    /// defaults say.
    private static final List<String> SETTINGS = List.of(
            "SET SESSION sql_mode = ''",
            "SET SESSION time_zone = '+00:00'",
            "SET SESSION sql_select_limit = DEFAULT",
            "SET SESSION net_write_timeout = 86400",
            "SET SESSION lock_wait_timeout = 60",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");

    private final Connection connection;
    private final Login login;
    private final SourceSettings settings;
    private final MySqlFailures failures;
    private volatile boolean cancelled;

    MySqlSession(Connection connection, Login login, SourceSettings settings, MySqlFailures failures) {
        this.connection = connection;
        this.login = login;
        this.settings = settings;
        this.failures = failures;
    }

    @Override
    public SourceTable describe(TableRequest request) {
        MySqlName name = MySqlName.parse(request.table(), login.database());
        try {
            limitTime();
            for (String setting : SETTINGS) {
                execute(setting);
            }
            MySqlCatalog catalog = new MySqlCatalog(connection);
            probe(catalog, name);
            List<MySqlColumn> columns = catalog.columns(name);
            TableRequest checked = request.in(
                    name.toString(), columns.stream().map(MySqlColumn::name).toList());
            List<ColumnPlan> plans = ColumnPlans.of(columns, checked);
            return new MySqlTable(
                    this,
                    new MySqlTable.Found(name, catalog.rows(name), catalog.key(name, columns)),
                    plans,
                    checked.orderBy());
        } catch (SQLException e) {
            throw failure(name.toString(), e);
        }
    }

    @Override
    public void join(SourceTable table) {
        throw new IllegalStateException(table.name() + " was not cut into parts");
    }

    /// MariaDB counts in seconds and MySQL in milliseconds, under different names.
    private void limitTime() throws SQLException {
        Duration most = settings.maxTransaction();
        execute(
                connection.getMetaData().getDatabaseProductName().equals("MariaDB")
                        ? "SET SESSION max_statement_time = " + most.toSeconds()
                        : "SET SESSION max_execution_time = " + most.toMillis());
    }

    /// Reads nothing, and thereby finds out whether the table exists and every column of it may be read;
    /// without that, columns would silently be missing. It also keeps the table's definition from changing
    /// until we are done.
    private void probe(MySqlCatalog catalog, MySqlName name) throws SQLException {
        try {
            execute("SELECT * FROM %s LIMIT 0".formatted(name.quoted()));
        } catch (SQLException e) {
            switch (e.getErrorCode()) {
                case 1146, 1049 -> throw catalog.missing(name);
                case 1142, 1143, 1044 ->
                    throw failures.grantMissing(
                            name.toString(), "GRANT SELECT ON %s TO %s".formatted(name.quoted(), catalog.account()), e);
                default -> throw e;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    FreshetException failure(String table, SQLException e) {
        return cancelled ? failures.cancelled(table) : failures.reading(table, e);
    }

    @Override
    public void cancel() {
        cancelled = true;
        abort();
    }

    /// Ends the query at the server and closes the connection, without reading the rest of what it sends.
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException _) {
            // It is closed already.
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing was written here, so nothing is lost.
        }
    }
}
