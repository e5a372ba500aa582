package dev.freshet.bench;

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

/// A cluster of its own on the programs that Debian installs. They refuse to run as root, so root runs them as the
/// user that Debian made for them.
final class DebianPostgres implements PostgresServer {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path folder;
    private final int port;

    private DebianPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /// The folder of the newest version's programs.
    static Optional<Path> newest() throws IOException {
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

    static DebianPostgres start(Path programs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("freshet-bench-postgres-");
        DebianPostgres server = new DebianPostgres(programs, folder, freePort());
        if (isRoot()) {
            run(List.of("chown", USER, folder.toString()));
        }
        server.program("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync");
        List<String> options = new ArrayList<>(
                List.of("port=" + server.port, "listen_addresses=localhost", "unix_socket_directories=" + folder));
        options.addAll(SETTINGS);
        String arguments =
                String.join(" ", options.stream().map(option -> "-c " + option).toList());
        server.program("pg_ctl", "start", "-w", "-l", folder.resolve("log").toString(), "-o", arguments);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private void program(String name, String... arguments) throws IOException, InterruptedException {
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

    @Override
    public int port() {
        return port;
    }

    @Override
    public Path psql() {
        return programs.resolve("psql");
    }

    private void stop() {
        try {
            if (Files.exists(folder)) {
                program("pg_ctl", "stop", "-m", "immediate");
                Folders.delete(folder);
            }
        } catch (IOException e) {
            System.err.println("bench: the server in " + folder + " could not be stopped: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
