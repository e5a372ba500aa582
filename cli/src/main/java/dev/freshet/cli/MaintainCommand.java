package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Maintenance;
import dev.freshet.Shapes;
import dev.freshet.maintain.Maintained;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Join small files, and remove what is too old or dead, now.",
        description = {
            "Maintain one table now, or all: remove rows that lived long enough, join small files, clean the log and",
            "delete dead files. A service does so by itself (setting maintain.enabled)."
        },
        footer = {
            "",
            "Examples:",
            "  freshet maintain --dry-run",
            "  freshet maintain datasets.orders",
            "  freshet maintain events"
        })
final class MaintainCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..1",
            description = "datasets.orders, events.events, rollups.usage, freshet.runs; all if left out.")
    @Nullable
    String table;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--no-wait", description = "Exit with 4 when another process maintains the table.")
    boolean noWait;

    MaintainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            Maintenance maintenance = freshet.maintenance();
            List<String> tables = table == null ? maintenance.tables() : List.of(maintenance.table(table));
            List<Maintained> all = new ArrayList<>();
            for (String each : tables) {
                all.add(dryRun ? maintenance.plan(each) : maintenance.run(each, !noWait, session.progress()));
            }
            all.stream().map(Maintained::refusal).filter(Objects::nonNull).forEach(session.log()::warn);
            session.print(
                    Listings.maintained(all.stream().map(Shapes::maintained).toList()));
            return ExitCode.OK;
        }
    }
}
