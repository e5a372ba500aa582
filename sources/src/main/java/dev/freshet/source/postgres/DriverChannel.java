package dev.freshet.source.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// A connection of the JDBC driver.
final class DriverChannel implements Channel {
    private final Connection connection;

    DriverChannel(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void execute(String sql) throws PostgresException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public List<Row> query(String sql) throws PostgresException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<Row> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(row(answer));
            }
            return rows;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Row row(ResultSet answer) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (int column = 1; column <= answer.getMetaData().getColumnCount(); column++) {
            values.add(answer.getString(column));
        }
        return new Row(values);
    }

    @Override
    public void copyOut(String sql, CopyDecoder decoder) throws PostgresException, InterruptedException {
        // Where a copy cannot begin because the server has ended the session, the driver forgets why; here it does not.
        execute("");
        try {
            CopyOut copy = postgres().getCopyAPI().copyOut(sql);
            RowJoiner rows = new RowJoiner(decoder);
            for (byte[] next = copy.readFromCopy(); next != null; next = copy.readFromCopy()) {
                rows.decode(next, 0, next.length);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void cancel() {
        try {
            postgres().cancelQuery();
        } catch (SQLException _) {
            // The server notices the closed connection instead.
        }
    }

    private PGConnection postgres() throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    @Override
    public void abort() {
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

    /// The driver's exception in our words.
    static PostgresException failure(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (e instanceof PSQLException psql && psql.getServerErrorMessage() != null) {
            ServerErrorMessage server = psql.getServerErrorMessage();
            return new PostgresException(
                    state, text(server.getMessage()), text(server.getDetail()), text(server.getHint()), e);
        }
        return new PostgresException(state, text(e.getMessage()), e);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
