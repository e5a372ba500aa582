package dev.freshet.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the lock file of a server says: a process that still serves this data folder, or the trace of a dead one.
record Leftover(Path data, long pid) {
    private static final long NONE = -1;

    static Leftover of(Path data) throws IOException {
        Path lock = lock(data);
        if (!Files.exists(lock)) return new Leftover(data, NONE);
        List<String> lines = Files.readAllLines(lock);
        return new Leftover(data, lines.isEmpty() ? NONE : number(lines.getFirst()));
    }

    /// The number alone proves nothing, another program may have it by now: the command line must name our folder.
    boolean running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine())
                .filter(command -> command.contains(data.toString()))
                .isPresent();
    }

    /// PostgreSQL refuses to start beside the lock file of a number that is taken; a dead server's is removed.
    void forget() throws IOException {
        if (!running()) Files.deleteIfExists(lock(data));
    }

    private static Path lock(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static long number(String line) {
        try {
            return Long.parseLong(line.strip());
        } catch (NumberFormatException torn) {
            return NONE;
        }
    }
}
