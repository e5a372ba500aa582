package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.rollup.RollupCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        header = "Compute a rollup from all its facts and compare.",
        description = {
            "Compute a rollup from all its facts, as of the version that it was made from, and compare it row by row",
            "with what the lake holds. Exits with 1 if they differ. Changes nothing."
        },
        footer = {"", "Example:", "  freshet rollup verify usage_hourly"})
final class RollupVerifyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The rollup's name.")
    String name = "";

    RollupVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            RollupCheck check = freshet.rollups().verify(name);
            check.examples().forEach(session.log()::say);
            session.print(Listings.check(Shapes.check(check)));
            return check.equal() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
