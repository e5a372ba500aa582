package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Freshet;
import dev.freshet.schedule.RunRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every schedule once, in the foreground, and a table of what came of it. Confined to one thread.
final class DemoRound {
    private static final int MILLIS = 3;

    private final Session session;
    private final Freshet freshet;
    private final List<ObjectNode> rows = new ArrayList<>();

    DemoRound(Session session, Freshet freshet) {
        this.session = session;
        this.freshet = freshet;
    }

    /// The highest of the exit codes.
    int run(List<String> schedules) throws InterruptedException {
        rows.clear();
        int exit = ExitCode.OK;
        for (String schedule : schedules) {
            RunRecord run = freshet.run(schedule, true, session.progress());
            exit = Math.max(exit, new RunReport(session).complain(run));
            rows.add(row(schedule, run));
        }
        return exit;
    }

    long copied() {
        return rows.stream().mapToLong(row -> row.path("rows").asLong()).sum();
    }

    void print() {
        session.print(Listing.of(
                rows,
                Cell.text("dataset"),
                Cell.number("rows"),
                Cell.number("bytes"),
                Cell.number("seconds"),
                Cell.number("version"),
                Cell.text("outcome")));
    }

    private static ObjectNode row(String dataset, RunRecord run) {
        long millis = Duration.between(run.startedAt(), run.finishedAt()).toMillis();
        return JsonNodeFactory.instance
                .objectNode()
                .put("dataset", dataset)
                .put("rows", run.rows())
                .put("bytes", run.bytes())
                .put("seconds", BigDecimal.valueOf(millis, MILLIS))
                .put("version", run.version())
                .put("outcome", run.outcome().text());
    }
}
