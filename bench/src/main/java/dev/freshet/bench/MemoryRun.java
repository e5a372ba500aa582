package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/// Copies a large table with a small heap and says how much memory the process took at its peak, as the system counts
/// it: heap, metaspace, threads, direct buffers and native libraries together.
public final class MemoryRun {
    private static final double NANOS = 1e9;

    private MemoryRun() {}

    /// @param arguments the project's folder, how many rows, and the heap as Java writes it
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Host host = Host.system();
        Path home = Path.of(arguments[0]);
        Path lake = Files.createTempDirectory("freshet-bench-");
        try (WideTable table = WideTable.of(Long.parseLong(arguments[1]))) {
            long start = host.nanos();
            Ingest ingest = Ingest.start(home, lake, table, arguments[2]);
            long peak = ingest.peakMegabytes(host);
            double seconds = (host.nanos() - start) / NANOS;
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"rows\":%d,\"seconds\":%.1f,\"rows_per_second\":%.0f,\"peak_rss_mb\":%d,\"heap_mb\":%d}",
                    ingest.rows(),
                    seconds,
                    ingest.rows() / seconds,
                    peak,
                    Megabytes.parse(arguments[2])));
        } finally {
            Folders.delete(lake);
        }
    }
}
