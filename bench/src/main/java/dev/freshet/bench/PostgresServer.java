package dev.freshet.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// A PostgreSQL for a run alone, as it is when installed but for what it does to be durable: that is not measured here.
/// Closing stops it and takes its data away.
interface PostgresServer extends AutoCloseable {
    List<String> SETTINGS = List.of("fsync=off", "max_wal_size=4GB", "autovacuum=off");
    String USER = "postgres";
    String DATABASE = "postgres";

    /// Debian's newest, else the embedded one.
    static PostgresServer start() throws IOException, InterruptedException {
        var installed = DebianPostgres.newest();
        return installed.isPresent() ? DebianPostgres.start(installed.get()) : embedded();
    }

    private static PostgresServer embedded() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        for (String setting : SETTINGS) {
            String[] parts = setting.split("=");
            builder.setServerConfig(parts[0], parts[1]);
        }
        EmbeddedPostgres server = builder.start();
        return new PostgresServer() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public Path psql() {
                return Path.of("psql");
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    int port();

    /// The program of its version, or the one on the path.
    Path psql();

    default String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + port() + "/" + DATABASE;
    }

    default String dsn() {
        return "postgres://" + USER + "@localhost:" + port() + "/" + DATABASE;
    }

    default Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl() + "?user=" + USER);
    }

    @Override
    void close() throws IOException;
}
