package dev.freshet.cli;

import java.nio.file.Path;

/// What to try after the demo.
final class DemoHints {
    private final Session session;

    DemoHints(Session session) {
        this.session = session;
    }

    void print() {
        Path lake = session.lake();
        String there = lake.equals(session.console().folder().resolve("lake")) ? "" : " --lake " + lake;
        Log log = session.log();
        log.say("");
        log.say("Try next:");
        log.say("  ./freshet get datasets" + there + "     # and what is made from them");
        log.say("  ./freshet schema customers" + there + "     # what is personal in it");
        log.say("  ./freshet query \"select status, count(*), sum(total) from orders group by all\"" + there);
        log.say("  ./freshet query \"select hour, sum(event_count) from task_usage_hourly group by 1 order by 1 desc"
                + " limit 5\"" + there);
        log.say("  ./freshet rollup verify task_usage_hourly" + there);
        log.say("  ./freshet checkpoint list rollup:task_usage_hourly" + there
                + "     # what a killed backfill would go on from");
        log.say("  ./freshet get runs orders" + there);
        log.say("  ./freshet events --since 1h" + there + "     # all that happened");
        log.say("  ./freshet demo" + there + "     # goes on where this ended, and keeps it fresh until Ctrl-C");
    }
}
