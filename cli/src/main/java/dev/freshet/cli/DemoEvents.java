package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.query.QueryResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What Freshet recorded of its own life while the demo ran. They are in the lake once the process that recorded them
/// has closed it.
final class DemoEvents {
    private static final String SQL = """
            select type, count(*) from events.events where timestamp >= '%s'::timestamptz
            group by type order by count(*) desc, type""";

    private final Session session;
    private final Instant since;

    DemoEvents(Session session, Instant since) {
        this.session = session;
        this.since = since;
    }

    void print() {
        List<String> counts = new ArrayList<>();
        try (Freshet freshet = session.open();
                QueryResult result = freshet.query(SQL.formatted(since))) {
            while (result.next()) {
                counts.add(result.row().get(1) + " " + result.row().get(0));
            }
        }
        session.log().say("recorded on the way: " + String.join(", ", counts));
    }
}
