package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.maintain.Maintained;

/// The upkeep of the lake, shown on the run ledger, which gets a small file with every run.
final class DemoUpkeep {
    private static final String LEDGER = "freshet.runs";

    private final Session session;
    private final Freshet freshet;

    DemoUpkeep(Session session, Freshet freshet) {
        this.session = session;
        this.freshet = freshet;
    }

    void run() throws InterruptedException {
        Maintained done = freshet.maintenance().run(LEDGER, true, session.progress());
        session.log()
                .say(LEDGER + ": " + done.joined().count() + " small files joined into " + done.into()
                        + "; a service does so by itself, for every table");
    }
}
