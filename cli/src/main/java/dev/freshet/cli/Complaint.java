package dev.freshet.cli;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells a user what failed: one or two lines, causes with `-v`. A stack trace appears only for a fault of Freshet's
/// own, and only with `-v`.
final class Complaint {
    private final Log log;
    private final boolean verbose;

    Complaint(Log log, boolean verbose) {
        this.log = log;
        this.verbose = verbose;
    }

    /// Prints the failure and answers with the exit code that it means.
    int about(Throwable failure) {
        return switch (failure) {
            case ParameterException usage -> usage(usage);
            case FreshetException known -> known(known);
            default -> unknown(failure);
        };
    }

    private int usage(ParameterException failure) {
        log.error(ErrorCode.BAD_USAGE.name(), message(failure) + suggestion(failure));
        log.say("see: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String suggestion(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) return "";
        return unmatched.getSuggestions().stream()
                .findFirst()
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }

    private int known(FreshetException failure) {
        log.error(failure.code().name(), message(failure));
        explain(failure);
        return ExitCode.of(failure.code());
    }

    /// With `-v`, what lies behind a failure that is told elsewhere.
    void explain(Throwable failure) {
        if (verbose) causes(failure instanceof FreshetException ? failure.getCause() : failure);
    }

    private void causes(@Nullable Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            log.say("  caused by " + next.getClass().getSimpleName() + ": " + message(next));
        }
    }

    private int unknown(Throwable failure) {
        String what = failure.getClass().getSimpleName() + ": " + message(failure);
        String hint = verbose ? "" : "; this is a fault of Freshet's, run it again with -v to see where";
        log.error(ErrorCode.INTERNAL.name(), what + hint);
        if (verbose) log.say(trace(failure));
        return ExitCode.FAILED;
    }

    private static String message(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "no message").strip();
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
