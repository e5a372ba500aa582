package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.parquet.Codec;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.Encoder;
import dev.freshet.parquet.WriteOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What it costs to make a data file of batches, on one thread, to nowhere.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BenchRows.ROWS)
public class EncodeBenchmark {
    private static final String PARQUET_JAVA = "parquet-java";

    /// What the rows are like: whole tables, then single columns of differences, a dictionary, lengths apart, plain
    /// values, and lists.
    @Param({"lineitem", "wide", "keys", "flags", "comments", "doubles", "lists"})
    public String table = "";

    /// A codec of our encoder, or the other encoder.
    @Param({"zstd", "snappy", "uncompressed", PARQUET_JAVA})
    public String by = "";

    private List<Batch> batches = List.of();
    private WriteOptions options = WriteOptions.defaults();

    @Setup
    public void fill() {
        batches = BenchRows.of(table);
        options = by.equals(PARQUET_JAVA)
                ? WriteOptions.defaults().withEncoder(Encoder.PARQUET_JAVA)
                : WriteOptions.defaults().withCodec(Codec.valueOf(by.toUpperCase(Locale.ROOT)), 1);
    }

    @Benchmark
    public long encode() {
        try (DataFileWriter writer = new DataFileWriter(batches.getFirst().schema(), new Nowhere(), options)) {
            batches.forEach(writer::write);
            return writer.finish().bytes();
        }
    }
}
