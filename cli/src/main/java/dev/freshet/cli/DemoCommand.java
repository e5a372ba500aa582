package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Setting;
import dev.freshet.cli.demo.DemoLake;
import dev.freshet.cli.demo.ShopDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "See it work, with a database and data of its own.",
        description = {
            "See it work: starts a real PostgreSQL of its own, fills it with a shop of 220,000 rows, copies its tables",
            "into the lake on a schedule while the shop goes on selling, sums its facts up by hour, and tells what",
            "happens."
        },
        footer = {"", "Examples:", "  freshet demo", "  freshet demo --once --lake /tmp/lake -o json"})
final class DemoCommand implements Callable<Integer> {
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(10);

    private final Session session;

    @Option(names = "--once", description = "Show everything once, print what came of it, and exit.")
    boolean once;

    @Option(names = "--reset", description = "First remove everything that the demo made in this lake.")
    boolean reset;

    private boolean stopped;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        int exit;
        Instant began = session.host().now();
        DemoLake lake = new DemoLake(session.lake());
        if (reset) lake.wipe();
        lake.check();
        try (ShopDatabase shop = ShopDatabase.open(lake.home(), session.host(), session.log()::say);
                Freshet freshet = session.open(Map.of(Setting.TICK_SECS, "1"))) {
            session.whenStopped(once ? ExitCode.INTERRUPTED : ExitCode.OK, () -> stop(shop, freshet));
            DemoSchedules.of(shop).forEach(definition -> freshet.apply(definition, false));
            if (!once) return goOn(shop, freshet);
            exit = once(shop, freshet);
        }
        new DemoEvents(session, began).print();
        new DemoHints(session).print();
        return exit;
    }

    /// Copies, rolls up, lets the shop sell, and shows that everything follows.
    private int once(ShopDatabase shop, Freshet freshet) throws InterruptedException {
        DemoRound round = new DemoRound(session, freshet);
        DemoRollup rollup = new DemoRollup(session, freshet);
        int exit = round.run(shop.tables());
        session.log().say("copied " + shop.tables().size() + " tables, " + Sizes.count(round.copied()) + " rows");
        exit = Math.max(exit, rollup.begin());
        change(shop);
        exit = Math.max(exit, round.run(shop.tables()));
        round.print();
        exit = Math.max(exit, rollup.follow());
        new DemoUpkeep(session, freshet).run();
        return exit;
    }

    private int goOn(ShopDatabase shop, Freshet freshet) throws InterruptedException {
        if (!shop.isNew()) change(shop);
        freshet.apply(DemoSchedules.rollup(), false);
        session.log().say("the scheduler runs; the shop changes every 10 seconds; Ctrl-C ends it");
        freshet.start(lines());
        while (true) {
            session.host().sleep(BETWEEN_CHANGES);
            change(shop);
        }
    }

    private synchronized void change(ShopDatabase shop) {
        if (!stopped) lines().changed(session.host().now(), shop.change());
    }

    private DemoLines lines() {
        return new DemoLines(session.log());
    }

    private synchronized void stop(ShopDatabase shop, Freshet freshet) {
        stopped = true;
        session.log().say("stopping: running copies may end, then the database stops");
        freshet.close();
        shop.close();
        new DemoHints(session).print();
    }
}
