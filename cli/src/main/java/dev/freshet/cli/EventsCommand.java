package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.Event;
import dev.freshet.event.EventTail;
import dev.freshet.event.TimeToLive;
import dev.freshet.query.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show what happened.",
        description = {
            "Show the events of a table, the earliest first. In the table 'events' is what Freshet did itself; in",
            "'dead_letters' are events that could not be stored where they belong, and why."
        },
        footer = {
            "",
            "Examples:",
            "  freshet events --since 1h",
            "  freshet events deploys --since 12h --type released",
            "  freshet events --follow -o json"
        })
final class EventsCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Session session;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "Default: events.")
    String table = Event.DEFAULT_TABLE;

    @Option(names = "--since", paramLabel = "TIME", description = "How far back: 30m, 12h, 7d. Default: all.")
    @Nullable
    String since;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type.")
    @Nullable
    String type;

    @Option(
            names = "--follow",
            description = "Go on showing events as they come, until Ctrl-C; without --since only those from now on.")
    boolean follow;

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Instant from = from();
        try (Freshet freshet = session.open()) {
            if (follow) follow(freshet.tail(table, from));
            else show(freshet, from);
        }
        return ExitCode.OK;
    }

    private void show(Freshet freshet, @Nullable Instant from) {
        try (QueryResult result = freshet.query(sql(from))) {
            session.print(QueryListing.of(result));
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.UNKNOWN_ID || !table.equals(Event.DEFAULT_TABLE)) throw e;
            session.log().say("nothing was recorded in this lake yet");
            session.printForPrograms(Listing.of(List.of()));
        }
    }

    private void follow(EventTail tail) throws InterruptedException {
        session.whenStopped(ExitCode.OK, () -> {});
        EventLines lines = session.eventLines();
        while (true) {
            tail.next().stream()
                    .filter(event -> type == null || event.type().equals(type))
                    .forEach(lines::print);
            session.host().sleep(BETWEEN_LOOKS);
        }
    }

    private @Nullable Instant from() {
        if (since == null) return null;
        try {
            return TimeToLive.parse(since)
                    .duration()
                    .map(session.host().now()::minus)
                    .orElse(Instant.EPOCH);
        } catch (FreshetException e) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE, "--since: '" + since + "' is no time; write 30m, 12h or 7d", e);
        }
    }

    private String sql(@Nullable Instant from) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (from != null) {
            conditions.add("timestamp >= " + text(from.toString()) + "::timestamptz");
            conditions.add(
                    "day >= " + text(LocalDate.ofInstant(from, ZoneOffset.UTC).toString()) + "::date");
        }
        if (type != null) {
            conditions.add("type = " + text(type));
        }
        return "select timestamp, * exclude (timestamp, timestamp_nanos, day) from events.\"%s\" where %s order by timestamp_nanos"
                .formatted(table.replace("\"", "\"\""), String.join(" and ", conditions));
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
