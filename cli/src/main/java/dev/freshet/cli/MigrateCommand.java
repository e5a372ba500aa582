package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Bring the lake to the newest layout.",
        description = {
            "Bring the lake to the newest layout by numbered steps, each applied once and in its order. Any number of",
            "processes may try; one works, the others wait. After that, older versions of Freshet refuse the lake."
        },
        footer = {"", "Examples:", "  freshet migrate --dry-run", "  freshet migrate"})
final class MigrateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Say which migrations are pending, change nothing.")
    boolean dryRun;

    @Option(names = "--no-wait", description = "Where another process migrates, exit with code 4 instead of waiting.")
    boolean noWait;

    MigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            int exit = dryRun
                    ? ExitCode.OK
                    : new RunReport(session).complain(freshet.migrations().apply(!noWait, session.progress()));
            session.print(Listings.migrations(
                    freshet.migrations().list().stream().map(Shapes::migration).toList()));
            return exit;
        }
    }
}
