package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a command under GNU time, which counts what the processes took that the command itself started, too.
final class TimedCommand {
    private static final Path TIME = Path.of("/usr/bin/time");
    private static final String FORMAT = "%U %S %M";
    private static final double NANOS = 1e9;
    private static final long KILO = 1024;

    private final Host host;
    private final Path folder;

    /// @param folder for what it notes down, apart from what commands write
    TimedCommand(Host host, Path folder) {
        if (!Files.isExecutable(TIME)) {
            throw new IllegalStateException("needs GNU time as " + TIME + " (Debian: apt-get install time)");
        }
        this.host = host;
        this.folder = folder;
    }

    /// What the command took; its files are not counted yet.
    Cost run(ProcessBuilder command) throws IOException, InterruptedException {
        Path usage = folder.resolve("usage");
        Path said = folder.resolve("said");
        List<String> timed = new ArrayList<>(List.of(TIME.toString(), "-o", usage.toString(), "-f", FORMAT));
        timed.addAll(command.command());
        command.command(timed).redirectError(said.toFile());
        long start = host.nanos();
        Process process = command.start();
        int exit = process.waitFor();
        double seconds = (host.nanos() - start) / NANOS;
        if (exit != 0) {
            throw new CommandFailed("%s ended with exit code %d: %s"
                    .formatted(
                            timed.get(5),
                            exit,
                            Files.readString(said, StandardCharsets.UTF_8).strip()));
        }
        String[] figures =
                Files.readString(usage, StandardCharsets.US_ASCII).strip().split(" ");
        return new Cost(
                seconds,
                Double.parseDouble(figures[0]) + Double.parseDouble(figures[1]),
                Long.parseLong(figures[2]) / KILO,
                0);
    }

    /// A command that did not do what it should.
    static final class CommandFailed extends IOException {
        CommandFailed(String message) {
            super(message);
        }
    }
}
