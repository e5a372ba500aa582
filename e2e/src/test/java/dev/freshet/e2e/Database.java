package dev.freshet.e2e;

import dev.freshet.ingest.Proxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A source database: `url` is for its administrator, `dsn` for Freshet, as a user that may only select.
record Database(String type, String url, String dsn) {
    /// The same for Freshet by way of a proxy on this machine.
    Database through(Proxy proxy) {
        return new Database(type, url, dsn.replaceFirst("@[^@/]+/", "@localhost:" + proxy.port() + "/"));
    }

    /// Where it listens on this machine.
    int port() {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    /// Runs statements, one after the other.
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(Arrays.toString(statements), e);
        }
    }

    /// A session that shows times in UTC; MariaDB's takes the largest `float`, whose decimal digits say a little more.
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    type.equals("postgres") ? "SET TIME ZONE 'UTC'" : "SET time_zone = '+00:00', sql_mode = ''");
        }
        return connection;
    }

    /// The rows of a query, every value as text.
    List<List<String>> rows(String query) {
        try (Connection connection = connect()) {
            return rows(connection, query);
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                String[] row = new String[columns];
                for (int column : IntStream.range(0, columns).toArray()) {
                    row[column] = result.getString(column + 1);
                }
                rows.add(Arrays.asList(row));
            }
            return rows;
        }
    }
}
