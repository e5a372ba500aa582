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
        log.say("  ./freshet get datasets" + there);
        log.say("  ./freshet schema customers" + there + "     # what is personal in it");
        log.say("  ./freshet query \"select status, count(*), sum(total) from orders group by all\"" + there);
        log.say("  ./freshet get runs orders" + there);
        log.say("  ./freshet events --since 1h" + there + "     # all that happened");
        log.say("  ./freshet demo" + there + "     # goes on where this ended, and keeps it fresh until Ctrl-C");
    }
}
