package dev.freshet.cli;

import dev.freshet.Shapes;
import dev.freshet.error.ErrorCode;
import dev.freshet.schedule.RunRecord;
import java.util.Arrays;
import java.util.Objects;

/// How one run ended, for the one who waited for it.
final class RunReport {
    private final Session session;

    RunReport(Session session) {
        this.session = session;
    }

    /// Prints the run and answers with the exit code that it means.
    int print(RunRecord run) {
        Listing listing = Listings.run(Shapes.run(run));
        int exit = complain(run);
        if (exit == ExitCode.OK) session.print(listing);
        else session.printForPrograms(listing);
        return exit;
    }

    /// Says why, if the run did not succeed.
    int complain(RunRecord run) {
        return switch (run.outcome()) {
            case SUCCEEDED, UNCHANGED -> ExitCode.OK;
            case FAILED, LOST, SKIPPED, MISSED -> failed(run);
        };
    }

    private int failed(RunRecord run) {
        String why =
                Objects.requireNonNullElse(run.error(), Objects.requireNonNullElse(run.reason(), "no reason given"));
        ErrorCode code = code(run);
        session.log().error(code.name(), run.task() + ": " + why);
        return ExitCode.of(code);
    }

    private static ErrorCode code(RunRecord run) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(run.errorCode()))
                .findFirst()
                .orElse(ErrorCode.SOURCE_FAILED);
    }
}
