package dev.freshet.cli;

import dev.freshet.Freshet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Let a schedule fire when it is due.",
        description = "Let a schedule fire again when it is due.",
        footer = {"", "Example:", "  freshet enable orders"})
final class EnableCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The schedule's id, or rollup:NAME.")
    String id = "";

    EnableCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            boolean changed = freshet.setEnabled(id, true);
            session.log().say(Freshet.text(id) + " " + (changed ? "enabled" : "was enabled already"));
        }
        return ExitCode.OK;
    }
}
