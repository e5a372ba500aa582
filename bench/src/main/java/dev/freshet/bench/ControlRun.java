package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What coordination costs: claims and releases on a local disk, their cost as the control table's log grows, and the
/// number of its files.
public final class ControlRun {
    private static final int DUE_TASKS = 6000;

    private ControlRun() {}

    /// @param arguments the project's folder, and options
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ControlOptions options = ControlOptions.parse(arguments);
        Host host = Host.system();
        Map<String, Object> figures = new LinkedHashMap<>();
        System.err.println("control: claims and releases");
        LatencyRun.on(host).into(figures);
        System.err.println("control: " + json(figures));
        GrowthRun growth = new GrowthRun(host);
        growth.run(options.commits());
        growth.into(figures);
        System.err.println("control: " + json(figures));
        StartsRun starts = new StartsRun(host, options.processes(), DUE_TASKS);
        starts.run();
        starts.into(figures);
        figures.put("starts_per_commit_at_100ms", SlowStartsRun.startsPerCommit(host));
        figures.put("commits", options.commits());
        System.out.println(json(figures));
    }

    private static String json(Map<String, Object> figures) {
        return figures.entrySet().stream()
                .map(figure -> "\"%s\":%s".formatted(figure.getKey(), number(figure.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String number(Object value) {
        return value instanceof Double fraction ? String.format(Locale.ROOT, "%.3f", fraction) : value.toString();
    }
}
