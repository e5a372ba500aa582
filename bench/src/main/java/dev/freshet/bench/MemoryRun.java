package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;

/// Copies a tenth of a table, then the whole, each in a process with a small heap, and says how much memory that
/// took at its peak, as the system counts it: heap, metaspace, threads, direct buffers and native libraries.
public final class MemoryRun {
    private static final double NANOS = 1e9;

    private final Host host = Host.system();
    private final Path home;
    private final GrowingTable table;
    private final String heap;

    private MemoryRun(Path home, GrowingTable table, String heap) {
        this.home = home;
        this.table = table;
        this.heap = heap;
    }

    /// @param arguments the project's folder, how many rows, what they are like, and the heap as Java writes it
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        RowShape shape = RowShape.of(arguments[2]);
        try (GrowingTable table = GrowingTable.of(shape, Long.parseLong(arguments[1]))) {
            MemoryRun run = new MemoryRun(Path.of(arguments[0]), table, arguments[3]);
            Copy tenth = run.copy(GrowingTable.TENTH);
            Copy whole = run.copy(GrowingTable.WHOLE);
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"shape\":\"%s\",\"rows\":%d,\"seconds\":%.1f,\"rows_per_second\":%.0f,\"peak_rss_mb\":%d,"
                            + "\"tenth_peak_rss_mb\":%d,\"growth\":%.3f,\"heap_mb\":%d}",
                    shape.label(),
                    whole.rows(),
                    whole.seconds(),
                    whole.rows() / whole.seconds(),
                    whole.peak(),
                    tenth.peak(),
                    (double) whole.peak() / tenth.peak(),
                    Megabytes.parse(arguments[3])));
        }
    }

    private Copy copy(String name) throws IOException, InterruptedException {
        Path lake = Files.createTempDirectory("freshet-bench-");
        try {
            long start = host.nanos();
            Ingest ingest = Ingest.start(home, lake, table.dsn(), name, heap);
            long peak = ingest.peakMegabytes(host);
            return new Copy(ingest.rows(), (host.nanos() - start) / NANOS, peak);
        } finally {
            Folders.delete(lake);
        }
    }

    /// @param peak in MiB
    private record Copy(long rows, double seconds, long peak) {}
}
