package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        header = "Delete a schedule; its dataset stays.",
        description = "Delete a schedule. Its dataset stays in the lake, and so does its history.",
        footer = {"", "Example:", "  freshet delete orders"})
final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID", description = "The schedule's id.")
    String id = "";

    DeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            if (!freshet.delete(id)) {
                throw new FreshetException(ErrorCode.UNKNOWN_ID, "schedule '" + id + "' not registered");
            }
            session.log().say("schedule '" + id + "' deleted; its dataset stays");
        }
        return ExitCode.OK;
    }
}
