package dev.freshet.bench;

import static dev.freshet.bench.BenchTable.LINEITEM;
import static dev.freshet.bench.BenchTable.SMALL;
import static dev.freshet.bench.BenchTable.WIDE;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a [Comparison] comes to. A ratio to the floor is the floor's time divided by the contender's: 1 is as fast as
/// the database's own `COPY`.
final class IngestFigures {
    private static final double MILLION = 1e6;

    private final Comparison comparison;
    private final Map<String, @Nullable Object> figures = new LinkedHashMap<>();

    IngestFigures(Comparison comparison) {
        this.comparison = comparison;
    }

    /// One JSON object; null stands for what could not be measured here.
    String json(IngestOptions options, BenchTable lineitem, BenchTable wide) {
        ratios(LINEITEM);
        ratios(WIDE);
        cpu(lineitem);
        cpu(wide);
        figures.put("small_cpu_s", small());
        figures.put("peak_rss_mb", peak());
        both("spark_speedup", Contenders.SPARK, Contenders.FRESHET_1, Costs::seconds);
        both("duckdb_cpu_ratio", Contenders.FRESHET_1, Contenders.DUCKDB_1, Costs::cpuSeconds);
        both("duckdb_wall_ratio_2", Contenders.DUCKDB_2, Contenders.FRESHET_2, Costs::seconds);
        one("file_mb", Contenders.FRESHET_1, Costs::fileMegabytes);
        one("parquet_java_file_mb", Contenders.PARQUET_JAVA, Costs::fileMegabytes);
        figures.put("rounds", options.rounds());
        figures.put("lineitem_rows", lineitem.rows());
        figures.put("wide_rows", wide.rows());
        figures.put("skipped", comparison.skipped());
        return show(figures);
    }

    private void ratios(String table) {
        figures.put(table + "_ratio_1", ratio(Contenders.FLOOR, Contenders.FRESHET_1, table, Costs::seconds));
        figures.put(table + "_ratio_2", ratio(Contenders.FLOOR, Contenders.FRESHET_2, table, Costs::seconds));
    }

    private void cpu(BenchTable table) {
        figures.put(
                table.name() + "_cpu_s_per_mrow",
                comparison
                        .of(Contenders.FRESHET_1, table.name())
                        .map(costs -> costs.cpuSeconds() * MILLION / table.rows())
                        .orElse(null));
    }

    private @Nullable Object small() {
        return comparison.of(Contenders.FRESHET_1, SMALL).map(Costs::cpuSeconds).orElse(null);
    }

    private @Nullable Object peak() {
        return Stream.of(Contenders.FRESHET_1, Contenders.FRESHET_2)
                .flatMap(name -> Stream.of(LINEITEM, WIDE).flatMap(table -> comparison.of(name, table).stream()))
                .map(Costs::rssMegabytes)
                .reduce(BinaryOperator.maxBy(Long::compare))
                .orElse(null);
    }

    private void both(String figure, String above, String below, Function<Costs, Double> what) {
        figures.put(figure, ratio(above, below, LINEITEM, what));
    }

    private void one(String figure, String name, Function<Costs, Double> what) {
        figures.put(figure, comparison.of(name, LINEITEM).map(what).orElse(null));
    }

    private @Nullable Double ratio(String above, String below, String table, Function<Costs, Double> what) {
        return comparison
                .of(above, table)
                .flatMap(first -> comparison.of(below, table).map(second -> what.apply(first) / what.apply(second)))
                .orElse(null);
    }

    private static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> "\"%s\":%s".formatted(entry.getKey(), show(entry.getValue())))
                        .collect(Collectors.joining(",", "{", "}"));
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            default -> value.toString();
        };
    }
}
