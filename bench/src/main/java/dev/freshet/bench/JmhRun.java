package dev.freshet.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.StringJoiner;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The JMH benchmarks, in a JVM of its own each; without rounds, each is played once in this one, which only shows that
/// it works.
public final class JmhRun {
    private static final int WARM_UPS = 3;
    private static final double NANOS = 1e9;

    private JmhRun() {}

    /// @param arguments the project's folder, which is not needed; a pattern that benchmarks' names match (all), and
    ///     how many rounds of a second each (5)
    public static void main(String[] arguments) throws RunnerException {
        String pattern = arguments.length > 1 ? arguments[1] : ".";
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        ChainedOptionsBuilder options =
                new OptionsBuilder().include("(?i)" + pattern).shouldFailOnError(true);
        if (rounds == 0) {
            options.forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
        } else {
            options.forks(1)
                    .warmupIterations(Math.min(WARM_UPS, rounds))
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(rounds)
                    .measurementTime(TimeValue.seconds(1));
        }
        var progress = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);
        System.out.println(figures(new Runner(options.build(), progress).run()));
    }

    private static String figures(Collection<RunResult> results) {
        StringJoiner figures = new StringJoiner(",", "{", "}");
        for (RunResult result : results) {
            double nanos = result.getPrimaryResult().getScore();
            figures.add(String.format(
                    Locale.ROOT,
                    "\"%1$s_ns_per_row\":%2$.1f,\"%1$s_rows_per_second\":%3$.0f",
                    name(result.getParams()),
                    nanos,
                    NANOS / nanos));
        }
        return figures.toString();
    }

    /// The method and its parameters: `encode_lineitem_zstd`.
    private static String name(BenchmarkParams benchmark) {
        StringJoiner name = new StringJoiner("_");
        name.add(benchmark.getBenchmark().replaceFirst(".*\\.", ""));
        if (benchmark.getParamsKeys().contains("table")) {
            name.add(benchmark.getParam("table"));
        }
        if (benchmark.getParamsKeys().contains("by")) {
            name.add(benchmark.getParam("by").replace('-', '_'));
        }
        return name.toString();
    }
}
