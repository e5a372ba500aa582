package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/// Tables of the usual kinds of columns in a PostgreSQL of their own, to learn copying from. Confined to one thread;
/// its opener closes it, which stops the server. Failures are [FreshetException]s.
public final class PracticeTables implements AutoCloseable {
    /// A table of a few rows: what a command costs that has hardly anything to do.
    public static final String FEW = "few";

    /// Tables of hundreds of thousands of rows.
    public static final List<String> MANY = List.of("facts", "records");

    private final PostgresServer server;

    private PracticeTables(PostgresServer server) {
        this.server = server;
    }

    /// Starts the server in a folder that nobody else uses and fills the tables; `say` hears of each step.
    public static PracticeTables open(Path folder, Host host, Consumer<String> say) {
        try {
            PostgresServer server =
                    PostgresServer.start(Files.createDirectories(folder).toRealPath(), host, say);
            PracticeTables tables = new PracticeTables(server);
            tables.fill();
            return tables;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void fill() {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + server.port() + "/postgres",
                PostgresServer.ADMIN,
                server.adminPassword())) {
            Sql.execute(connection, Sql.resource("practice.sql"));
        } catch (SQLException failure) {
            server.close();
            throw new FreshetException(
                    ErrorCode.SOURCE_FAILED, "the tables to practise on: " + failure.getMessage(), failure);
        }
    }

    /// How to reach the tables; the password stays in its file.
    public String dsn() {
        return "postgres://" + PostgresServer.ADMIN + ":${file:" + server.passwordFile() + "}@localhost:"
                + server.port() + "/postgres";
    }

    @Override
    public void close() {
        server.close();
    }
}
