package dev.freshet.cli;

import dev.freshet.Freshet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Keep a schedule from firing.",
        description = "Keep a schedule from firing; run-now still works.",
        footer = {"", "Example:", "  freshet disable orders"})
final class DisableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The schedule's id, or rollup:NAME.")
    String id = "";

    DisableCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            boolean changed = freshet.setEnabled(id, false);
            session.log().say(Freshet.text(id) + " " + (changed ? "disabled" : "was disabled already"));
        }
        return ExitCode.OK;
    }
}
