package dev.freshet.cli;

import dev.freshet.host.Host;
import java.util.List;

/// Begins what every copy needs and what takes long to begin, on a thread of its own, while the command line is read.
/// Whoever needs it sooner waits for it, or begins it himself.
final class HeadStart {
    /// Classes whose initialization takes several milliseconds, in the order in which a copy comes upon them.
    private static final List<String> SLOW = List.of(
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.base.ParserMinimalBase",
            "com.github.luben.zstd.ZstdCompressCtx",
            "dev.freshet.catalog.ColumnNames",
            "org.apache.parquet.hadoop.metadata.ParquetMetadata");

    private HeadStart() {}

    static void begin(Host host) {
        var _ = host.startApart("head start", () -> run(host));
    }

    private static void run(Host host) {
        host.random(); // begins the platform's source of randomness
        Lookups.settleHosts();
        SLOW.forEach(HeadStart::initialize);
    }

    private static void initialize(String name) {
        try {
            Class.forName(name);
        } catch (ClassNotFoundException | LinkageError _) {
            // Whoever needs it will say what is wrong with it.
        }
    }
}
