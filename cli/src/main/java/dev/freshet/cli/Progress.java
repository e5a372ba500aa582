package dev.freshet.cli;

import dev.freshet.host.Host;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shows what a run in the foreground does: one status line on a terminal, redrawn a few times a second.
/// The lock of this object protects all of it.
final class Progress implements RunListener {
    private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
    private static final long NANOS = 1_000_000_000L;
    private static final int BAR = 24;

    private final Console console;
    private final Log log;
    private final Complaint failures;
    private final Host host;
    private final Map<String, Long> begun = new HashMap<>();
    private final Map<String, Long> expected = new HashMap<>();
    private @Nullable Long drawn;

    Progress(Console console, Log log, Complaint failures, Host host) {
        this.console = console;
        this.log = log;
        this.failures = failures;
        this.host = host;
    }

    @Override
    public synchronized void started(String runId, String task, int attempt) {
        begun.put(runId, host.nanos());
        console.status(name(task) + "  connecting");
    }

    @Override
    public synchronized void expecting(String runId, String task, long rows) {
        expected.put(runId, rows);
    }

    @Override
    public synchronized void progress(String runId, String task, long rows, long bytes) {
        long now = host.nanos();
        if (drawn != null && now - drawn < REDRAW_NANOS) return;
        drawn = now;
        double seconds = Math.max(1, now - begun.getOrDefault(runId, now)) / (double) NANOS;
        console.status(name(task) + "  " + text(rows, bytes, seconds, expected.getOrDefault(runId, 0L)));
    }

    @Override
    public synchronized void finished(RunRecord run, Duration retryIn) {
        begun.remove(run.runId());
        expected.remove(run.runId());
        console.status("");
    }

    @Override
    public synchronized void waiting(String task, String podId, Instant since) {
        log.say(name(task) + ": '" + podId + "' holds the lease since " + since + "; waiting for it");
    }

    @Override
    public synchronized void failed(String runId, String task, Throwable cause) {
        console.status("");
        failures.explain(cause);
    }

    static String text(long rows, long bytes, double seconds, long expected) {
        double rate = rows / seconds;
        String done = String.format(Locale.ROOT, "%,d rows  %s  %,.0f rows/s", rows, Sizes.text(bytes), rate);
        return expected <= 0 ? done : bar(rows, expected) + "  " + done + left(expected - rows, rate);
    }

    private static String bar(long rows, long expected) {
        int percent = (int) Math.min(99, rows * 100 / expected);
        int full = percent * BAR / 100;
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + String.format(Locale.ROOT, "%2d%%", percent);
    }

    private static String left(long rows, double rate) {
        return rows <= 0 || rate <= 0 ? "" : "  about " + Sizes.seconds((long) Math.ceil(rows / rate)) + " left";
    }

    private static String name(String task) {
        return task.substring(task.indexOf(':') + 1);
    }
}
