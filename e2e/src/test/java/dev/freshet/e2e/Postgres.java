package dev.freshet.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// An embedded PostgreSQL, started once for all tests of this process and stopped by its end, or one of a test's own.
/// It
/// asks every user but its administrator for a password.
final class Postgres implements AutoCloseable {
    static final String PASSWORD_VARIABLE = "READER_PASSWORD";

    /// The password of the reading user: what must be found nowhere. Its URL-encoded form is another text.
    static final String PASSWORD = "canary/9f@2c7 b+é%41";

    private static final String ACCESS = """
            local all postgres trust
            host all postgres 127.0.0.1/32 trust
            host all postgres ::1/128 trust
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            """;

    private static final class Started {
        static final Postgres SERVER = start();
    }

    private final EmbeddedPostgres server;
    private final Path data;
    private final AtomicInteger databases = new AtomicInteger();

    private Postgres() {
        try {
            data = Files.createTempDirectory("freshet-e2e-postgres-");
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setServerConfig("fsync", "off")
                    .start();
            Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
            admin("postgres")
                    .run(
                            "SELECT pg_reload_conf()",
                            "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'",
                            "CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD + "'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server for whoever is about to do it harm; who starts it closes it.
    static Postgres start() {
        return new Postgres();
    }

    /// A new database whose tables the user `reader` may select from.
    static Database newDatabase() {
        return Started.SERVER.create();
    }

    /// SIGKILL for the server and all of its processes.
    void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> sessions = server.descendants().toList();
        server.destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    Database create() {
        String name = "shop" + databases.incrementAndGet();
        admin("postgres").run("CREATE DATABASE " + name);
        Database database = admin(name);
        database.run("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader");
        return database;
    }

    private Database admin(String name) {
        String place = "localhost:" + server.getPort() + "/" + name;
        return new Database(
                "postgres",
                "jdbc:postgresql://" + place + "?user=postgres",
                "postgres://reader:${env:" + PASSWORD_VARIABLE + "}@" + place);
    }
}
