package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.batch.TypicalRows;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.Encoder;
import dev.freshet.parquet.WriteOptions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// What it costs to encode rows that are in memory already, on one thread, to nowhere: by our encoder and by
/// parquet-java's in turns. A cost is the middle one of the rounds; the first ones, when Java still learns the code, do
/// not count.
public final class EncodeRun {
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;
    private static final int FIRST_ROUNDS = 2;

    private EncodeRun() {}

    /// @param arguments the project's folder, which is not needed; how many rows (500000) and rounds (7)
    public static void main(String[] arguments) {
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        System.out.println("{" + figures("lineitem", rows, rounds, TypicalRows::lineItems) + ","
                + figures("wide", rows / 2, rounds, TypicalRows::wide) + "}");
    }

    private static String figures(String name, int rows, int rounds, IntFunction<List<Batch>> table) {
        List<Batch> batches = table.apply(rows);
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        long ourBytes = 0;
        long theirBytes = 0;
        for (int round = -FIRST_ROUNDS; round < rounds; round++) {
            Encoded ownFile = encode(batches, Encoder.FRESHET);
            Encoded javaFile = encode(batches, Encoder.PARQUET_JAVA);
            System.err.printf(
                    Locale.ROOT,
                    "encode: %s: %.3f s, parquet-java %.3f s%n",
                    name,
                    ownFile.cpuSeconds(),
                    javaFile.cpuSeconds());
            if (round >= 0) {
                ours[round] = ownFile.cpuSeconds() * MILLION / rows;
                theirs[round] = javaFile.cpuSeconds() * MILLION / rows;
            }
            ourBytes = ownFile.bytes();
            theirBytes = javaFile.bytes();
        }
        return String.format(
                Locale.ROOT,
                "\"%1$s_cpu_s_per_mrow\":%2$.3f,\"%1$s_parquet_java_cpu_s_per_mrow\":%3$.3f,"
                        + "\"%1$s_file_mb\":%4$.2f,\"%1$s_parquet_java_file_mb\":%5$.2f",
                name,
                middle(ours),
                middle(theirs),
                ourBytes / MILLION,
                theirBytes / MILLION);
    }

    private record Encoded(double cpuSeconds, long bytes) {}

    private static Encoded encode(List<Batch> batches, Encoder encoder) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        try (DataFileWriter writer = new DataFileWriter(
                batches.getFirst().schema(),
                new Nowhere(),
                WriteOptions.defaults().withEncoder(encoder))) {
            batches.forEach(writer::write);
            long bytes = writer.finish().bytes();
            return new Encoded((threads.getCurrentThreadCpuTime() - start) / NANOS, bytes);
        }
    }

    private static double middle(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
