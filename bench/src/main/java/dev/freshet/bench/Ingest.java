package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A running `freshet ingest`, watched from outside.
final class Ingest {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Pattern ROWS = Pattern.compile("\"rows\":(\\d+)");

    private final Process process;
    private final Path out;

    private Ingest(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    static Ingest start(Path home, Path lake, String dsn, String table, String heap) throws IOException {
        Path out = lake.resolveSibling(lake.getFileName() + ".out");
        ProcessBuilder command = new ProcessBuilder(
                        home.resolve("freshet").toString(),
                        "ingest",
                        "--from",
                        dsn,
                        "--table",
                        table,
                        "--lake",
                        lake.toString(),
                        "-o",
                        "json")
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("FRESHET_HEAP", heap);
        return new Ingest(command.start(), out);
    }

    /// Waits for the end, and returns the largest resident size seen on the way.
    long peakMegabytes(Host host) throws InterruptedException {
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, residentMegabytes());
            host.sleep(LOOK);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("freshet ingest ended with exit code " + process.exitValue());
        }
        if (peak == 0) {
            throw new IllegalStateException("the system did not say how much memory freshet ingest took");
        }
        return peak;
    }

    /// The high-water mark that the system keeps, so that no peak between two looks is lost; 0 of a process that ends.
    private long residentMegabytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(Megabytes::ofStatus)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    /// How many rows the command says it copied.
    long rows() throws IOException {
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        Matcher rows = ROWS.matcher(printed);
        if (!rows.find()) {
            throw new IllegalStateException("freshet ingest printed no rows: " + printed);
        }
        return Long.parseLong(rows.group(1));
    }
}
