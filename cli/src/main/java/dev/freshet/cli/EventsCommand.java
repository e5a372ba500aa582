package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.event.Event;
import dev.freshet.event.TimeToLive;
import dev.freshet.query.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "events",
        header = "Show what happened.",
        description = "Show the events of a table, the earliest first.",
        footer = {"", "Example:", "  freshet events deploys --since 12h --type released"})
final class EventsCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "Default: events.")
    String table = Event.DEFAULT_TABLE;

    @Option(names = "--since", paramLabel = "TIME", description = "How far back: 30m, 12h, 7d. Default: all.")
    @Nullable
    String since;

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type.")
    @Nullable
    String type;

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open();
                QueryResult result = freshet.query(sql())) {
            session.print(QueryListing.of(result));
        }
        return ExitCode.OK;
    }

    private String sql() {
        List<String> conditions = new ArrayList<>(List.of("true"));
        if (since != null) {
            TimeToLive.parse(since).duration().ifPresent(time -> {
                Instant from = session.host().now().minus(time);
                conditions.add("timestamp >= " + text(from.toString()) + "::timestamptz");
                conditions.add("day >= " + text(from.toString().substring(0, "2026-01-01".length())) + "::date");
            });
        }
        if (type != null) {
            conditions.add("type = " + text(type));
        }
        return "select * exclude (timestamp_nanos, day) from events.\"%s\" where %s order by timestamp_nanos"
                .formatted(table.replace("\"", "\"\""), String.join(" and ", conditions));
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
