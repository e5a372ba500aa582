package dev.freshet.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A table and one of its first rows, a tenth of them, in a PostgreSQL of their own; closing it stops the server.
final class GrowingTable implements AutoCloseable {
    static final String WHOLE = "whole";
    static final String TENTH = "tenth";
    private static final int PART = 10;

    private final EmbeddedPostgres server;

    private GrowingTable(EmbeddedPostgres server) {
        this.server = server;
    }

    static GrowingTable of(RowShape shape, long rows) throws IOException, SQLException {
        System.err.println("bench: filling a table with " + rows + " rows");
        GrowingTable table = new GrowingTable(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_wal_size", "4GB")
                .start());
        try {
            table.fill(shape, rows);
            return table;
        } catch (SQLException e) {
            table.close();
            throw e;
        }
    }

    private void fill(RowShape shape, long rows) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNLOGGED TABLE " + WHOLE + " AS " + shape.query(rows));
            statement.execute("CREATE UNLOGGED TABLE " + TENTH + " AS " + shape.query(rows / PART));
            statement.execute("ANALYZE");
        }
    }

    String dsn() {
        return "postgres://postgres@localhost:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
