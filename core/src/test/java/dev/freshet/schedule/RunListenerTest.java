package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.CheckpointDraft;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.event.EventType;
import dev.freshet.schedule.TestLake.TestPod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a runner tells of its life, beside how runs end.
class RunListenerTest {
    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");

    @Test
    void aDueTimeIsFiredOnceUnderItsLeaseHoweverOftenItIsTried() {
        lake.work = _ -> {
            throw new IllegalStateException("no database");
        };
        a.apply(definition("orders", every(600) + ",'retry':{'delays_secs':[10]}"));
        Instant due = a.row("orders").nextRunAt();
        a.work();
        a.tick(3, Duration.ofSeconds(10));
        assertThat(a.life)
                .containsExactly(
                        "granted ingest:orders",
                        "fired orders " + due,
                        "started ingest:orders 1",
                        "granted ingest:orders",
                        "started ingest:orders 2");
    }

    @Test
    void aRequestFiresNoSchedule() throws InterruptedException {
        a.apply(definition("orders", every(600)));
        a.work();
        a.life.clear();
        a.runner.runNow("orders", true);
        assertThat(a.life).containsExactly("granted ingest:orders", "started ingest:orders 1");
    }

    @Test
    void whatATaskTellsAndWhatBecomesOfItsCheckpointsIsHeard() {
        lake.work = context -> {
            context.happened(EventType.BACKFILL_SLICE, Map.of("slice", 3));
            Checkpointer checkpointer = context.checkpointer();
            for (int i = 0; i < 3; i++) {
                CheckpointDraft draft = checkpointer.begin();
                draft.put("state", "slice".getBytes(StandardCharsets.UTF_8));
                checkpointer.commit(draft, 7, "slice-" + i, (long) i, null);
            }
            checkpointer.gc(Set.of());
            return lake.commit(context);
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(a.life.subList(3, a.life.size()))
                .hasSize(5)
                .startsWith("backfill.slice {slice=3}")
                .anySatisfy(line ->
                        assertThat(line).matches("checkpoint.committed \\{checkpoint=.*, identifier=slice-2, bytes=.*"))
                .last()
                .asString()
                .startsWith("checkpoint.collected {checkpoints=1, files=");
    }
}
