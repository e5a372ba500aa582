package dev.freshet.source.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A cluster of its own on the PostgreSQL that Debian has installed, or a standby of such a one. Its programs refuse to
/// run as root, so root runs them as the user that Debian made for them.
final class InstalledPostgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";

    private final Path programs;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path programs) throws IOException, InterruptedException {
        this.programs = programs;
        this.folder = Files.createTempDirectory("freshet-installed-postgres-");
        this.port = freePort();
        if (isRoot()) {
            run(List.of("chown", USER, folder.toString()));
        }
    }

    /// A new cluster of the newest version, with settings of its own; without one, the tests are skipped.
    static InstalledPostgres startOrSkip(String... settings) throws IOException, InterruptedException {
        Optional<Path> programs = newest();
        Assumptions.assumeTrue(programs.isPresent(), "this machine has no PostgreSQL installed");
        InstalledPostgres server = new InstalledPostgres(programs.get());
        server.onData("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync");
        server.start(settings);
        return server;
    }

    /// The programs of the newest version.
    private static Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"))
                    .filter(programs -> Files.isExecutable(programs.resolve("initdb")));
        }
    }

    /// A hot standby that follows this one, with settings of its own. It is closed before this one is.
    InstalledPostgres standby(String... settings) throws IOException, InterruptedException {
        InstalledPostgres standby = new InstalledPostgres(programs);
        standby.onData(
                "pg_basebackup",
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
                "--host=localhost",
                "--username=" + USER,
                "--port=" + port);
        standby.start(settings);
        return standby;
    }

    private void start(String... settings) throws IOException, InterruptedException {
        StringBuilder options =
                new StringBuilder("-c port=%d -c listen_addresses=localhost -c fsync=off -c unix_socket_directories=%s"
                        .formatted(port, folder));
        for (String setting : settings) {
            options.append(" -c ").append(setting);
        }
        onData("pg_ctl", "start", "-w", "-l", folder.resolve("log").toString(), "-o", options.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void onData(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", USER, "--"));
        }
        command.addAll(List.of(
                programs.resolve(name).toString(), "-D", folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " ended with exit code " + process.exitValue());
        }
    }

    PostgresDatabase database() {
        return PostgresDatabase.at(port);
    }

    @Override
    public void close() throws IOException {
        try {
            onData("pg_ctl", "stop", "-m", "immediate");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
