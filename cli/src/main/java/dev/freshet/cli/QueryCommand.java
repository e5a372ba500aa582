package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.query.QueryResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Ask the lake in SQL.",
        description = "Ask the lake in SQL (DuckDB's dialect, read only). Datasets are tables by their names.",
        footer = {
            "",
            "Examples:",
            "  freshet query \"select status, count(*) from orders group by all\"",
            "  freshet query \"select * from freshet.runs order by finished_at desc limit 5\" -o json"
        })
final class QueryCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "SQL", description = "One select statement.")
    String sql = "";

    QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open();
                QueryResult result = freshet.query(sql)) {
            session.print(QueryListing.of(result));
        }
        return ExitCode.OK;
    }
}
