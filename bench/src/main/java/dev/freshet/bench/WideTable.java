package dev.freshet.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A table of rows of about 300 bytes, hard to compress, in a PostgreSQL of its own; closing it stops the server.
final class WideTable implements AutoCloseable {
    static final String NAME = "wide";

    private final EmbeddedPostgres server;

    private WideTable(EmbeddedPostgres server) {
        this.server = server;
    }

    static WideTable of(long rows) throws IOException, SQLException {
        System.err.println("bench: filling a table with " + rows + " rows");
        WideTable table = new WideTable(EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_wal_size", "4GB")
                .start());
        try {
            table.fill(rows);
            return table;
        } catch (SQLException e) {
            table.close();
            throw e;
        }
    }

    private void fill(long rows) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNLOGGED TABLE " + NAME
                    + " (id bigint, customer int, amount numeric(12,2), placed_at timestamptz, note text)");
            statement.execute("INSERT INTO " + NAME + " SELECT n, n % 100000, n % 1000000 / 100.0,"
                    + " timestamptz '2026-01-01' + n * interval '1 second', (SELECT string_agg(md5(n || '/' || i), '')"
                    + " FROM generate_series(1, 8) AS i) FROM generate_series(1, " + rows + ") AS n");
            statement.execute("ANALYZE " + NAME);
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
