package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.Unstored;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Record an event.",
        description = {
            "Record an event of now into a table below events/ in the lake, which is made when needed. If the lake does",
            "not answer, the event stays on this machine's disk, and the next process here that records stores it."
        },
        footer = {"", "Examples:", "  freshet record deploys released '{\"version\":\"1.4\"}' --durable"})
final class RecordCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Session session;

    @Parameters(index = "0", paramLabel = "TABLE", description = "Its table; the default of programs is events.")
    String table = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "What happened, such as released.")
    String type = "";

    @Parameters(index = "2", paramLabel = "JSON", arity = "0..1", description = "Its payload; - reads it from stdin.")
    @Nullable
    String payload;

    @Option(names = "--durable", description = "Succeed only if the event is in the lake.")
    boolean durable;

    RecordCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Event event = event();
        try (Freshet freshet = session.open();
                EventRecorder recorder = freshet.openRecorder()) {
            if (durable) {
                var _ = recorder.recordDurably(event);
            } else {
                var _ = recorder.record(event);
            }
            Unstored rest = recorder.close(PATIENCE);
            if (!rest.lost().isEmpty()) {
                throw new FreshetException(ErrorCode.LAKE_UNREACHABLE, "the event is not recorded, see above");
            }
            if (!rest.spilled().isEmpty()) {
                session.log().say("the lake does not answer; the event waits on this machine's disk");
            }
        }
        return ExitCode.OK;
    }

    private Event event() throws IOException {
        Event event = Event.of(type).in(table);
        if (payload == null) {
            return event;
        }
        return event.payload(payload.equals("-") ? session.console().input() : payload);
    }
}
