package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.checkpoint.Verified;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        header = "Read the checkpoints of a task and say which are whole.",
        description = {
            "Read everything that the checkpoints of a task need and compare it with what was written down. Exits",
            "with 1 if anything is missing or damaged; a run goes on from the newest one that is whole."
        },
        footer = {"", "Example:", "  freshet checkpoint verify ingest:orders"})
final class CheckpointVerifyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "OWNER", description = "The task's name.")
    String owner = "";

    CheckpointVerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            List<Verified> verified = freshet.checkpoints(owner).verify();
            session.print(
                    Listings.verified(verified.stream().map(Shapes::verified).toList()));
            return verified.stream().allMatch(one -> one.faults().isEmpty()) ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
