package dev.freshet.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A DuckDB of its own for one query: views are made while it is open, then it is locked to their files for good,
/// and only then does it see the user's statement as anything but text.
final class Sandbox implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Connection connection;
    private final QueryLimits limits;
    private volatile @Nullable PreparedStatement running;
    private volatile boolean cancelled;

    private Sandbox(Connection connection, QueryLimits limits) {
        this.connection = connection;
        this.limits = limits;
    }

    static Sandbox open(QueryLimits limits) throws SQLException {
        Sandbox sandbox = new Sandbox(DriverManager.getConnection("jdbc:duckdb:"), limits);
        try {
            sandbox.limit();
        } catch (SQLException e) {
            sandbox.close();
            throw e;
        }
        return sandbox;
    }

    private void limit() throws SQLException {
        execute("SET memory_limit = " + Sql.text(limits.memoryBytes() + "B"));
        execute("SET threads = " + limits.threads());
        execute("SET temp_directory = ''");
        execute("SET TimeZone = 'UTC'");
        execute("SET autoinstall_known_extensions = false");
        execute("SET autoload_known_extensions = false");
        execute("SET allow_community_extensions = false");
        execute("SET parquet_metadata_cache = true");
    }

    Statement parse(String sql) throws SQLException {
        try (PreparedStatement parser = connection.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            parser.setString(1, sql);
            try (ResultSet tree = parser.executeQuery()) {
                tree.next();
                return new Statement(JSON.readTree(tree.getString(1)));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the statement's parse tree is no JSON", e);
        }
    }

    /// Makes the views, and forbids everything that they do not need.
    void show(List<View> views) throws SQLException {
        for (View view : views) {
            if (view.name().path().size() > 1) {
                execute("CREATE SCHEMA IF NOT EXISTS "
                        + Sql.identifier(view.name().path().getFirst()));
            }
            execute(view.create(columns(view)));
        }
        lock(views.stream()
                .flatMap(view -> Stream.concat(view.table().paths().stream(), view.patterns().stream()))
                .distinct()
                .toList());
    }

    private Map<String, String> columns(View view) throws SQLException {
        Map<String, String> types = new HashMap<>();
        if (!view.table().files().isEmpty()) {
            try (var describe = connection.createStatement();
                    ResultSet column = describe.executeQuery("DESCRIBE " + view.files())) {
                while (column.next()) {
                    types.put(column.getString(1).toLowerCase(Locale.ROOT), column.getString(2));
                }
            }
        }
        return types;
    }

    private void lock(List<String> paths) throws SQLException {
        execute("SET allowed_paths = " + Sql.texts(paths));
        execute("SET enable_external_access = false");
        execute("SET lock_configuration = true");
    }

    QueryResult run(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        Reading reading = Reading.of(statement.getMetaData(), sql);
        if (reading.isCast()) {
            statement.close();
            statement = connection.prepareStatement(reading.sql());
        }
        statement.setQueryTimeout((int) limits.time().toSeconds());
        return new QueryResult(this, statement.executeQuery(), reading);
    }

    /// Runs a statement of the house.
    void read(String sql, RowReader rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout((int) limits.time().toSeconds());
            running = statement;
            if (cancelled) {
                throw new SQLException("INTERRUPT Error: cancelled");
            }
            try (ResultSet result = statement.executeQuery()) {
                rows.read(result);
            }
        } finally {
            running = null;
        }
    }

    /// Stops the statement that is being read, by any thread.
    void cancel() {
        cancelled = true;
        PreparedStatement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException _) {
                // It has ended.
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot be closed", e);
        }
    }
}
