package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A PostgreSQL server whose programs, data, port and passwords live in one folder, so that it is the same server at
/// every start. One process at a time runs it: a [HomeLock] is held meanwhile. What a killed one left running is
/// stopped.
final class PostgresServer implements AutoCloseable {
    static final String ADMIN = "shop_admin";
    private static final String FOLDER = "postgres-18.6";
    private static final int ATTEMPTS = 5;

    private final Path server;
    private final PostgresBinaries binaries;
    private final ServerUser user;
    private final Port port;

    private PostgresServer(Path server, PostgresBinaries binaries, ServerUser user, Port port) {
        this.server = server;
        this.binaries = binaries;
        this.user = user;
        this.port = port;
    }

    static PostgresServer start(Path home, Host host, Consumer<String> say) {
        try {
            return starting(home, host, say);
        } catch (IOException failure) {
            throw broken(home, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new FreshetException(
                    ErrorCode.CANCELLED, "the demo's PostgreSQL was interrupted while starting", stop);
        }
    }

    /// Stops what a killed process left running in this folder, where there is anything.
    static void stopLeftover(Path home) {
        try {
            Path programs = home.resolve(FOLDER);
            Path folder = home.toRealPath().resolve("server");
            if (!Files.exists(programs) || !Files.exists(folder)) return;
            PostgresBinaries binaries = PostgresBinaries.unpackedIn(programs);
            new PostgresServer(folder, binaries, ServerUser.current(), Port.keptIn(home)).close();
        } catch (IOException failure) {
            throw broken(home, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static PostgresServer starting(Path home, Host host, Consumer<String> say)
            throws IOException, InterruptedException {
        Path programs = home.resolve(FOLDER);
        if (!Files.exists(programs)) say.accept("unpacking PostgreSQL 18 (first start only)");
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(programs);
        Path folder = Files.createDirectories(home.resolve("server"));
        PostgresServer server = new PostgresServer(folder, binaries, ServerUser.current(), Port.keptIn(home));
        server.create(host);
        server.stopLeftover(say);
        server.launch();
        say.accept("PostgreSQL 18 is up on localhost:" + server.port());
        return server;
    }

    int port() {
        return port.number();
    }

    String adminPassword() {
        return Passwords.read(passwordFile());
    }

    /// Holds the administrator's password.
    Path passwordFile() {
        return server.resolve("admin.password");
    }

    /// A folder that the server's user reads.
    Path folder() {
        return server;
    }

    private Path data() {
        return server.resolve("data");
    }

    private Path log() {
        return server.resolve("postgres.log");
    }

    private void create(Host host) throws IOException, InterruptedException {
        if (Files.exists(data())) return;
        Path fresh = server.resolve("data.creating");
        Folders.delete(fresh);
        Path password = passwordFile();
        Passwords.create(password, host);
        user.own(server);
        run(
                "initdb",
                "-D",
                fresh.toString(),
                "-U",
                ADMIN,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void stopLeftover(Consumer<String> say) throws IOException, InterruptedException {
        Leftover leftover = Leftover.of(data());
        if (leftover.running()) {
            say.accept("stopping the PostgreSQL that a killed demo left behind (process " + leftover.pid() + ")");
            stop();
        }
        leftover.forget();
    }

    /// Tried again a few times: the workers of a server killed a moment ago may need a second to notice.
    private void launch() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            port.free();
            try {
                run(
                        "pg_ctl",
                        "start",
                        "-w",
                        "-t",
                        "30",
                        "-D",
                        data().toString(),
                        "-l",
                        log().toString(),
                        "-o",
                        options());
                return;
            } catch (IOException failed) {
                if (attempt == ATTEMPTS) throw failed;
            }
        }
    }

    private String options() {
        return "-p " + port() + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c fsync=off -c full_page_writes=off -c max_wal_size=256MB -c timezone=UTC";
    }

    private void stop() throws IOException, InterruptedException {
        run("pg_ctl", "stop", "-w", "-t", "30", "-m", "fast", "-D", data().toString());
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binaries.program(program)));
        command.addAll(List.of(arguments));
        Path output = server.resolve(program + ".log");
        int exit = new ProcessBuilder(user.command(command))
                .directory(server.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        if (exit != 0) throw new IOException(program + " failed, see " + output + " and " + log());
    }

    private static FreshetException broken(Path home, IOException failure) {
        return new FreshetException(
                ErrorCode.DATABASE_UNREACHABLE,
                "the demo's PostgreSQL in " + home + " did not start: " + failure.getMessage()
                        + "; `freshet demo --reset` begins anew",
                failure);
    }

    @Override
    public void close() {
        try {
            if (Leftover.of(data()).running()) stop();
        } catch (IOException failure) {
            throw broken(server, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
