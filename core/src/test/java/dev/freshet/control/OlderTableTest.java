package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MemoryStore;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome.Committed;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A control table that a system without leases and fences made, with the six columns that it knows.
class OlderTableTest {
    private static final Duration L = Duration.ofSeconds(60);

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final Schema six = new Schema(RowSchema.SCHEMA.columns().subList(0, 6));
    private final ControlTable table = new ControlTable(lake, host, Pod.named("new", host));

    @BeforeEach
    void anOlderTable() {
        Batch batch = new Batch(six);
        batch.appendRow("idle", "idle", "old", host.now(), host.now(), host.now());
        batch.appendRow("busy", "processing", "old", host.now(), null, host.now());
        try (DataFileWriter writer =
                new DataFileWriter(six, lake.upload(ControlTable.PATH + "/old.parquet"), WriteOptions.defaults())) {
            writer.write(batch);
            DataFile file = DataFile.of("old.parquet", writer.finish(), host.now());
            Change change = Change.of("WRITE").schema(six).add(List.of(file));
            assertThat(new DeltaTable(lake, ControlTable.PATH, host).commit(_ -> new Decision.Write(change)))
                    .isInstanceOf(Committed.class);
        }
    }

    @Test
    void itsRowsAreUnderstood() {
        assertThat(table.rows()).hasSize(2);
        assertThat(table.row("idle").orElseThrow().enabled()).isTrue();
        assertThat(table.tryClaim("busy", L)).isEqualTo(new HeldBy("old", "", host.now()));
        host.pass(Duration.ofMinutes(30));
        assertThat(table.tryClaim("busy", L)).isInstanceOf(Granted.class);
    }

    @Test
    void theFirstClaimAddsTheOtherColumnsAndAnEpoch() {
        Lease lease = ((Granted) table.tryClaim("idle", L)).lease();
        assertThat(table.release(lease, L)).isInstanceOf(Released.class);
        ControlTable another = new ControlTable(lake, host, Pod.named("another", host));
        assertThat(another.row("idle").orElseThrow().token()).isEqualTo(lease.token());
        assertThat(another.row("busy").orElseThrow().podId()).isEqualTo("old");
        assertThat(new DeltaTable(lake, ControlTable.PATH, host).latest().orElseThrow())
                .satisfies(newest -> assertThat(newest.schema()).isEqualTo(RowSchema.SCHEMA))
                .satisfies(newest -> assertThat(newest.properties()).containsEntry(TickCommit.EPOCH, "0"));
    }
}
