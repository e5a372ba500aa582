package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.OneShot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Copy one table into the lake now, without a schedule.",
        description = "Copy one table into the lake now, without a schedule.",
        footer = {
            "",
            "The password is best given by reference, ${env:NAME} or ${file:PATH}; it is never stored or printed.",
            "",
            "Examples:",
            "  freshet ingest --from 'postgres://reader:${env:PGPASSWORD}@db.example/shop' --table orders",
            "  freshet ingest --from 'mysql://reader:${file:/run/secrets/db}@db/crm' --table notes --as score=string",
            "  freshet ingest --from … --table orders --as 'rate=decimal(38,9)' --on-misfit rate=round"
        })
final class IngestCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--from", paramLabel = "DSN", required = true, description = "postgres://… or mysql://…")
    String from = "";

    @Option(names = "--table", paramLabel = "T", required = true, description = "The table: orders, or sales.orders.")
    String table = "";

    @Option(names = "--dataset", paramLabel = "D", description = "The dataset's name. Default: the table's.")
    @Nullable
    String dataset;

    @Option(
            names = "--as",
            paramLabel = "COLUMN=TYPE",
            description = "Store a column as another type, such as amount=string.")
    Map<String, String> as = new LinkedHashMap<>();

    @Option(
            names = "--on-misfit",
            paramLabel = "COLUMN=null|round|clamp",
            description = "With --as of the same column: what becomes of a value that does not fit. Default: error.")
    Map<String, String> onMisfit = new LinkedHashMap<>();

    @Option(names = "--order-by", paramLabel = "COLUMNS", description = "Write the rows in this order: day desc, id.")
    @Nullable
    String orderBy;

    @Option(
            names = "--consistency",
            paramLabel = "strict|relaxed",
            description = "relaxed: read ranges of the key one by one, so that a copy that was interrupted is continued"
                    + " when the command is run again. Default: strict, all of one moment.")
    @Nullable
    String consistency;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Read over so many connections at once. Default: half as many as there are processors.")
    @Nullable
    Integer connections;

    @Option(
            names = "--no-wait",
            description = "Where another process holds the dataset, exit with code 4 instead of waiting.")
    boolean noWait;

    IngestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        OneShot work = new OneShot(
                from,
                table,
                Optional.ofNullable(dataset),
                as,
                onMisfit,
                new OneShot.Manner(
                        Optional.ofNullable(orderBy),
                        Optional.ofNullable(consistency),
                        connections == null ? OptionalInt.empty() : OptionalInt.of(connections)));
        try (Freshet freshet = session.openToWork()) {
            return new RunReport(session).print(freshet.ingest(work, !noWait, session.progress()));
        }
    }
}
