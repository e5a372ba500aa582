package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Delete a schedule or rollup; its table stays.",
        description = "Delete a schedule or a rollup. Its table stays in the lake, and so does its history.",
        footer = {"", "Examples:", "  freshet delete orders", "  freshet delete rollup:usage_hourly"})
final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The schedule's id, or rollup:NAME.")
    String id = "";

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            if (!freshet.delete(id)) {
                throw new FreshetException(ErrorCode.UNKNOWN_ID, Freshet.text(id) + " not registered");
            }
            session.log().say(Freshet.text(id) + " deleted; its table stays");
        }
        return ExitCode.OK;
    }
}
