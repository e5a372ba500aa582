package dev.freshet.cli;

import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells a person who watches the demo what the scheduler does, in sentences. Safe for use by many threads.
final class DemoLines implements RunListener {
    private static final double MILLIS = 1000;

    private final Log log;
    private final Map<String, Long> before = new ConcurrentHashMap<>();

    DemoLines(Log log) {
        this.log = log;
    }

    @Override
    public void finished(RunRecord run, Duration retryIn) {
        String again = retryIn.isZero() ? "" : "; again in " + Sizes.seconds(retryIn.toSeconds());
        say(
                run.finishedAt(),
                dataset(run.task()),
                run.rows() == null ? run.outcome().text() + why(run) + again : figures(run));
    }

    @Override
    public void adopted(RunRecord run) {
        say(run.finishedAt(), dataset(run.task()), "the work of a killed process was in the lake already: adopted");
    }

    @Override
    public void lost(RunRecord run) {
        say(run.finishedAt(), dataset(run.task()), "a process died in the middle of this copy; it is done again");
    }

    @Override
    public void reclaimed(String task, String formerPod) {
        log.say(dataset(task) + ": the lease of " + formerPod + " expired and was taken over");
    }

    @Override
    public void warning(String message) {
        log.warn(message);
    }

    private String figures(RunRecord run) {
        long rows = run.rows() == null ? 0 : run.rows();
        double seconds = Duration.between(run.startedAt(), run.finishedAt()).toMillis() / MILLIS;
        String size = Sizes.text(run.bytes() == null ? 0 : run.bytes());
        return String.format(
                Locale.ROOT,
                "version %d: %,d rows%s, %s in %.1f s",
                run.version(),
                rows,
                difference(before.put(run.task(), rows), rows),
                size,
                seconds);
    }

    private static String difference(@Nullable Long before, long now) {
        return before == null || before == now ? "" : String.format(Locale.ROOT, " (%+d)", now - before);
    }

    private static String why(RunRecord run) {
        return run.error() == null ? "" : ": " + run.error();
    }

    private void say(Instant at, String dataset, String what) {
        String time = at.truncatedTo(ChronoUnit.SECONDS).toString().substring(11, 19);
        log.say(String.format(Locale.ROOT, "%s  %-17s %s", time, dataset, what));
    }

    /// The shop sold something.
    void changed(Instant at, List<String> steps) {
        say(at, "the shop", String.join(", ", steps));
    }

    private static String dataset(String task) {
        return task.substring(task.indexOf(':') + 1);
    }
}
