package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        header = "Take a task from whoever holds it.",
        description = {
            "Take a task from whoever holds it, alive or not, and make it free for any process. The holder can",
            "commit nothing more and learns of it at its next renewal. What it has committed stays and is",
            "recorded; anything else of its run is lost, and the ledger says who released it. A task that loads",
            "its table for the first time is free after one lease. To keep it from starting again, pause it first."
        },
        footer = {
            "",
            "Examples:",
            "  freshet tasks release ingest:orders            # says who holds it, changes nothing",
            "  freshet tasks release ingest:orders --force"
        })
final class ReleaseCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The task's name; its dataset's will do.")
    String name = "";

    @Option(names = "--force", description = "Do it; on a terminal this asks first.")
    boolean force;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    ReleaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Freshet freshet = session.openToWork()) {
            TaskRow task = freshet.task(name);
            if (!task.isProcessing()) {
                session.log().say(task.task() + " is held by nobody");
                return ExitCode.OK;
            }
            if (!force) throw refusal(task);
            if (!mayGoOn(task)) {
                session.log().say(task.task() + " is left alone");
                return ExitCode.FAILED;
            }
            return released(task, freshet.release(task, freshet.user(), RunListener.NONE));
        }
    }

    private static FreshetException refusal(TaskRow task) {
        return new FreshetException(
                ErrorCode.LEASE_HELD,
                held(task) + "; --force would take it away: what that run has not committed is lost, and any process "
                        + "may run the task again");
    }

    private boolean mayGoOn(TaskRow task) {
        return yes
                || !session.console().terminal()
                || session.console().agreed(held(task) + ". Take it away, and lose what is not committed?");
    }

    private static String held(TaskRow task) {
        return task.task() + " is held by pod " + task.podId() + " (instance " + task.instanceId() + ") since "
                + task.claimedAt();
    }

    private int released(TaskRow task, Optional<RunRecord> former) {
        String what = former.map(run -> "its run " + run.outcome().text()).orElse("it had begun no run");
        session.log().say(task.task() + " is released from pod " + task.podId() + ": " + what);
        former.ifPresent(run -> session.print(Listings.run(Shapes.run(run))));
        return ExitCode.OK;
    }
}
