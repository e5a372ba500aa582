package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointDraft;
import dev.freshet.checkpoint.CheckpointRetention;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.control.ControlTable;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.Fence;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandsTest {
    private static final String TASK = "ingest:orders";
    private static final String FOLDER = "_freshet/checkpoints/ingest:orders";

    @TempDir
    Path folder;

    private Shell shell;
    private Store store;
    private Checkpoint first;
    private Checkpoint last;

    @BeforeEach
    void thereAreThree() {
        shell = new Shell(folder);
        store = LocalStore.open(folder.resolve("lake"));
        Tenure tenure = new Tenure(TASK, new Fence(0, 0), () -> {});
        Checkpointer checkpointer = Checkpointer.open(store, Host.system(), tenure, CheckpointRetention.DEFAULT);
        first = commit(checkpointer, 1);
        commit(checkpointer, 2);
        last = commit(checkpointer, 3);
    }

    private static Checkpoint commit(Checkpointer checkpointer, long step) {
        CheckpointDraft draft = checkpointer.begin();
        draft.put("cursor", ("at " + step).getBytes(UTF_8));
        return checkpointer.commit(draft, 0xabcd, "slice " + step, step, null);
    }

    @Test
    void listShowsThemOldestFirst() {
        Shell.Result result = shell.run("checkpoint", "list", TASK);
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .containsPattern("CHECKPOINT +IDENTIFIER +FINGERPRINT +SIZE +SHARED SIZE +STEPS +RECORDS")
                .containsPattern(first.id() + " +slice 1 +000000000000abcd +4 B +0 B +1 +-");
        assertThat(result.out().indexOf(first.id().toString()))
                .isLessThan(result.out().indexOf(last.id().toString()));
        assertThat(shell.run("checkpoint", "list", TASK, "-o", "json").out())
                .contains("{\"uuid\":\"" + last.id() + "\",\"identifier\":\"slice 3\"")
                .contains("\"size\":4,\"shared_size\":0,\"steps\":3,\"processed_records\":null}");
        assertThat(shell.run("checkpoint", "list", "ingest:other").exit()).isZero();
    }

    @Test
    void verifyExitsWith1AndNamesTheFileThatIsDamaged() {
        assertThat(shell.run("checkpoint", "verify", TASK).exit()).isZero();
        store.delete(FOLDER + "/" + first.id() + "/cursor");
        Shell.Result result = shell.run("checkpoint", "verify", TASK);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("false").contains(first.id() + "/cursor");
    }

    @Test
    void gcLeavesTheNewestTwoOrAsManyAsTheSettingSays() {
        Shell.Result result = shell.run("checkpoint", "gc", TASK);
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(first.id().toString())
                .doesNotContain(last.id().toString());
        assertThat(result.err()).contains(TASK + ": 3 files");
        assertThat(store.folders(FOLDER)).hasSize(3);
        assertThat(shell.run("checkpoint", "gc", TASK, "--set", "checkpoint.keep=1")
                        .exit())
                .isZero();
        assertThat(store.folders(FOLDER)).hasSize(2).contains(last.id().toString());
        assertThat(shell.run("get", "runs", TASK).out()).contains("unchanged");
    }

    @Test
    void gcLeavesNoneWhenItIsToldSo() {
        Shell.Result result = shell.run("checkpoint", "gc", TASK, "--all");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(first.id().toString())
                .contains(last.id().toString());
        assertThat(shell.run("checkpoint", "list", TASK, "-o", "json").out()).isEqualToIgnoringWhitespace("[]");
    }

    @Test
    void aLostCatalogIsRefusedAndRepairMakesItAgain() {
        store.list(FOLDER + "/catalog", "").forEach(object -> store.delete(object.key()));
        for (String command : new String[] {"list", "verify", "gc"}) {
            Shell.Result refused = shell.run("checkpoint", command, TASK);
            assertThat(refused.exit()).isEqualTo(1);
            assertThat(refused.err()).contains("catalog is lost", "'freshet checkpoint repair ingest:orders'");
        }
        assertThat(store.folders(FOLDER)).hasSize(3);
        Shell.Result repaired = shell.run("checkpoint", "repair", TASK);
        assertThat(repaired.exit()).as(repaired.err()).isZero();
        assertThat(repaired.err()).contains("made again");
        assertThat(shell.run("checkpoint", "list", TASK).out())
                .contains(first.id().toString(), last.id().toString());
        assertThat(shell.run("checkpoint", "repair", TASK).err()).contains("left as it is");
        assertThat(shell.run("checkpoint", "gc", TASK).exit()).isZero();
    }

    @Test
    void whoHoldsTheTaskIsNotDisturbed() {
        ControlTable other = new ControlTable(store, Host.system(), Pod.named("other", Host.system()));
        assertThat(other.tryClaim(TASK, Duration.ofMinutes(1))).isInstanceOf(Granted.class);
        for (String command : new String[] {"gc", "repair"}) {
            Shell.Result result = shell.run("checkpoint", command, TASK, "--no-wait");
            assertThat(result.exit()).isEqualTo(4);
            assertThat(result.err()).contains("is held by pod other");
        }
        assertThat(store.folders(FOLDER)).hasSize(4);
    }

    @Test
    void aTaskWithoutCheckpointsIsSaidToHaveNone() {
        Shell.Result result = shell.run("checkpoint", "gc", "ingest:other");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("there are no checkpoints of 'ingest:other'");
    }
}
