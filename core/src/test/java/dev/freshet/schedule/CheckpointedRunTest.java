package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.checkpoint.CheckpointDraft;
import dev.freshet.checkpoint.Checkpointable;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Restored;
import dev.freshet.checkpoint.SavedValue;
import dev.freshet.checkpoint.StateFormat;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A run cut into slices, each of which is checkpointed.
class CheckpointedRunTest {
    private static final int SLICES = 10;
    private static final long FINGERPRINT = 7;
    private static final Duration TICK = Duration.ofSeconds(10);

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");
    private final TestPod c = lake.pod("c");

    /// The slices in the order in which they were worked on, by whomever.
    private final List<Integer> worked = new ArrayList<>();

    @Test
    void whoeverTakesOverGoesOnAtTheFirstSliceThatWasNotCheckpointed() {
        lake.work = this::backfill;
        a.apply(definition("orders", every(600)));
        dies(a, "checkpointed-2");
        dies(b, "worked-5");
        c.tick(9, TICK);
        assertThat(worked).containsExactly(0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9);
        assertThat(lake.runs("orders").stream().filter(RunRecord::settled))
                .singleElement()
                .extracting(RunRecord::outcome)
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aHolderWhoLostItsLeaseLeavesNoCheckpoint() {
        AtomicReference<RunContext> former = new AtomicReference<>();
        lake.work = context -> {
            former.set(context);
            commitSlice(context.checkpointer(), List.of(0));
            throw new Died();
        };
        a.apply(definition("orders", every(600)));
        assertThatThrownBy(a::work).isInstanceOf(Died.class);
        Checkpointer late = former.get().checkpointer();
        lake.work = this::backfill;
        b.tick(9, TICK);
        assertThatThrownBy(() -> commitSlice(late, List.of(1)))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(worked).doesNotContain(0).hasSize(SLICES - 1);
    }

    private TaskResult backfill(RunContext context) {
        Checkpointer checkpointer = context.checkpointer();
        checkpointer.verifyFingerprint(FINGERPRINT);
        SavedValue<List<Integer>> done = slices(List.of());
        checkpointer.restore().ifPresent(restored -> restore(restored, done));
        for (int slice = 0; slice < SLICES; slice++) {
            if (!done.value().contains(slice)) {
                worked.add(slice);
                context.host().reach("worked-" + slice);
                List<Integer> all = new ArrayList<>(done.value());
                all.add(slice);
                done.set(List.copyOf(all));
                commitSlice(checkpointer, done.value());
                context.host().reach("checkpointed-" + slice);
            }
        }
        return lake.commit(context);
    }

    private static void restore(Restored restored, Checkpointable state) {
        restored.into("slices", state);
    }

    private static SavedValue<List<Integer>> slices(List<Integer> done) {
        return new SavedValue<>(StateFormat.list(StateFormat.INT), done);
    }

    private static void commitSlice(Checkpointer checkpointer, List<Integer> done) {
        CheckpointDraft draft = checkpointer.begin();
        draft.put("slices", slices(done));
        checkpointer.commit(draft, FINGERPRINT, "backfill", (long) done.size(), null);
        checkpointer.gc(Set.of());
        assertThat(checkpointer.list()).hasSizeLessThanOrEqualTo(3);
    }

    private static void dies(TestPod pod, String point) {
        pod.host.dieAt(point);
        assertThatThrownBy(() -> pod.tick(60, TICK)).isInstanceOf(Died.class);
    }
}
