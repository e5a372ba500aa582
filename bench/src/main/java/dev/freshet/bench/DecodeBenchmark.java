package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.source.postgres.CopyRows;
import java.util.List;
import java.util.Objects;
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
import org.openjdk.jmh.infra.Blackhole;

/// What it costs to make batches of the rows that a PostgreSQL sends.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(BenchRows.ROWS)
public class DecodeBenchmark {
    /// What the rows are like.
    @Param({"lineitem", "wide"})
    public String table = "";

    private CopyRows rows = CopyRows.of(Schema.of(), List.of());
    private Schema schema = Schema.of();

    /// Makes the rows, and looks at what is decoded once: fast and wrong is worth nothing.
    @Setup
    public void fill() throws InterruptedException {
        List<Batch> batches = BenchRows.of(table);
        schema = batches.getFirst().schema();
        rows = CopyRows.of(schema, batches);
        int[] number = {0};
        long decoded = rows.decode(new RecycledBatch(schema, batch -> check(batch, batches.get(number[0]++))));
        if (decoded != BenchRows.ROWS) {
            throw new IllegalStateException(decoded + " rows were decoded");
        }
    }

    private static void check(Batch batch, Batch wanted) {
        for (int column = 0; column < batch.schema().size(); column++) {
            for (int row = 0; row < wanted.rows(); row++) {
                if (!Objects.equals(batch.value(column, row), wanted.value(column, row))) {
                    throw new IllegalStateException("%s was decoded as %s in row %d of column %d"
                            .formatted(wanted.value(column, row), batch.value(column, row), row, column));
                }
            }
        }
    }

    @Benchmark
    public long decode(Blackhole seen) throws InterruptedException {
        return rows.decode(new RecycledBatch(schema, seen::consume));
    }
}
