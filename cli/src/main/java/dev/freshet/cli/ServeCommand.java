package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.Setting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Run what is due, until stopped.",
        description = {
            "Run what is due until stopped. Start it on as many machines as you like: all that serve one lake share",
            "the work. On SIGTERM or Ctrl-C it claims nothing more, lets running work end, and exits with code 0."
        },
        footer = {"", "Examples:", "  freshet serve --lake /srv/lake", "  freshet serve --log json --max-running 8"})
final class ServeCommand implements Callable<Integer> {
    private static final Duration LONG = Duration.ofHours(1);

    private final Session session;

    @Option(names = "--pod-id", paramLabel = "NAME", description = "This process's name. Default: the host's.")
    @Nullable
    String podId;

    @Option(names = "--tick", paramLabel = "SECS", description = "How often to look for due work. Default: 10.")
    @Nullable
    Integer tick;

    @Option(names = "--max-running", paramLabel = "N", description = "How many runs at a time. Default: 4.")
    @Nullable
    Integer maxRunning;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Freshet freshet = session.open(given());
        Log log = session.log();
        freshet.start(new RunLines(log, session.complaint()));
        session.whenStopped(ExitCode.OK, () -> stop(freshet, log));
        log.event(Log.Level.INFO, "serving", Map.of("lake", session.lake(), "pod_id", freshet.podId()));
        while (true) session.host().sleep(LONG);
    }

    private static void stop(Freshet freshet, Log log) {
        log.event(Log.Level.INFO, "stopping: no new work, running work may end", Map.of());
        freshet.close();
        log.event(Log.Level.INFO, "stopped", Map.of());
    }

    private Map<Setting, String> given() {
        Map<Setting, String> given = new LinkedHashMap<>();
        if (podId != null) given.put(Setting.POD_ID, podId);
        if (tick != null) given.put(Setting.TICK_SECS, tick.toString());
        if (maxRunning != null) given.put(Setting.MAX_RUNNING, maxRunning.toString());
        return given;
    }
}
