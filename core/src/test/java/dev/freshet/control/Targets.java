package dev.freshet.control;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.Mark;
import dev.freshet.table.OnForeignCommit;
import dev.freshet.table.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The tables that tasks of tests write to, as a runner would: the fence is raised first, every commit carries it.
final class Targets {
    private static final Schema SCHEMA = Schema.of(new Column("id", ColumnType.LONG, true));

    private final Store store;
    private final Host host;
    private final FencedWrite writes;
    private final Map<String, DeltaTable> tables = new HashMap<>();
    private final Map<String, Position> startedFrom = new HashMap<>();

    Targets(Store store, Host host) {
        this.store = store;
        this.host = host;
        this.writes = new FencedWrite(host);
    }

    /// Raises the fence when the claim reclaimed the task, and looks where the work starts.
    void take(Lease lease) {
        if (lease.reclaimed()) {
            writes.raise(table(lease.task()), "ingest", lease.fence(), lease.task());
        }
        startedFrom.put(lease.task(), position(lease.task()));
    }

    CommitOutcome commit(Lease lease) {
        Mark mark = new Mark(
                "ingest",
                lease.task(),
                lease.fence(),
                lease.token(),
                Optional.ofNullable(lease.row().dueAt()),
                Optional.ofNullable(lease.row().servingRequest()),
                new Position("{\"at\":\"" + host.newId() + "\"}"),
                "done");
        return writes.commit(
                table(lease.task()),
                mark,
                startedFrom.getOrDefault(lease.task(), Position.none()),
                OnForeignCommit.PROCEED,
                _ -> Change.of("WRITE").schema(SCHEMA));
    }

    DeltaTable table(String task) {
        return tables.computeIfAbsent(task, name -> new DeltaTable(store, path(name), host));
    }

    private Position position(String task) {
        return table(task)
                .latest()
                .flatMap(newest -> Mark.in(newest, "ingest"))
                .map(Mark::position)
                .orElse(Position.none());
    }

    private static String path(String task) {
        return "datasets/" + task.substring(task.indexOf(':') + 1);
    }
}
