package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.Mark;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Reads every version of the control table and of the targets, and checks what must hold between them.
final class History {
    private final Store store;
    private final Host host;

    History(Store store, Host host) {
        this.store = store;
        this.host = host;
    }

    void check(List<String> tasks, String as) {
        List<Rows> versions = versions(new DeltaTable(store, ControlTable.PATH, host)).stream()
                .map(this::rows)
                .toList();
        for (String task : tasks) {
            checkClaims(task, versions, as);
            checkTarget(task, as);
        }
    }

    /// Fences strictly increase, rows never vanish, and no claim is renewed or released after a later one.
    private static void checkClaims(String task, List<Rows> versions, String as) {
        Optional<TaskRow> last = Optional.empty();
        Set<String> tokens = new HashSet<>();
        for (Rows rows : versions) {
            Optional<TaskRow> row = rows.of(task);
            if (last.isPresent()) {
                assertThat(row).as("%s: the row of %s", as, task).isPresent();
            }
            if (row.isPresent()
                    && last.isPresent()
                    && !row.get().token().equals(last.get().token())) {
                assertThat(row.get().fence())
                        .as("%s: fences of %s", as, task)
                        .isGreaterThan(last.get().fence());
                assertThat(tokens)
                        .as("%s: claims of %s", as, task)
                        .doesNotContain(row.get().token());
            }
            row.ifPresent(now -> tokens.add(now.token()));
            last = row;
        }
    }

    /// Along the log of a target fences never decrease, and a due time is settled by one commit.
    private void checkTarget(String task, String as) {
        Fence highest = new Fence(0, 0);
        List<Instant> settled = new ArrayList<>();
        String lastRun = "";
        for (Snapshot snapshot : versions(new Targets(store, host).table(task))) {
            Mark mark = Mark.in(snapshot, "ingest").orElseThrow();
            assertThat(mark.fence())
                    .as("%s: fences in the target of %s", as, task)
                    .isGreaterThanOrEqualTo(highest);
            highest = mark.fence();
            if (!mark.runId().equals(lastRun)) {
                mark.dueAt().ifPresent(settled::add);
                lastRun = mark.runId();
            }
        }
        assertThat(settled).as("%s: settled due times of %s", as, task).doesNotHaveDuplicates();
    }

    private static List<Snapshot> versions(DeltaTable table) {
        return table.latest()
                .map(newest -> LongStream.rangeClosed(0, newest.version())
                        .mapToObj(table::at)
                        .toList())
                .orElse(List.of());
    }

    private Rows rows(Snapshot snapshot) {
        List<TaskRow> rows = new ArrayList<>();
        Batch batch = new Batch(RowSchema.SCHEMA);
        try (TableScan scan = new TableScan(store, snapshot)) {
            while (scan.read(batch)) {
                for (int i = 0; i < batch.rows(); i++) {
                    rows.add(RowSchema.row(batch, i));
                }
            }
        }
        return Rows.of(rows);
    }
}
