package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.Claim;
import dev.freshet.control.ControlTable;
import dev.freshet.control.LeaseOutcome;
import dev.freshet.control.Pod;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Work;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import dev.freshet.table.Change;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.LogRetention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A batch whose fate is in doubt becomes neither none nor two.
@Timeout(120)
class ExactlyOnceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    private final EventLake lake = new EventLake(5);

    /// From the first put of a commit on, once armed, says nothing about the tables of events any more.
    private static final class Silent extends InterceptedStore {
        private final boolean applies;
        private boolean armed = true;
        private boolean on;

        /// @param applies whether that first put arrives
        Silent(MemoryStore store, boolean applies) {
            super(store);
            this.applies = applies;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (!key.startsWith("events/events/") || !(on || (armed && operation == Operation.PUT))) {
                return action.get();
            }
            if (!on && applies) {
                var _ = action.get();
            }
            on = true;
            throw StoreException.unknown("no answer", null);
        }

        void end() {
            armed = false;
            on = false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommitWhoseReplyWasLostForGoodIsThereOnceWhetherItArrivedOrNot(boolean applies) throws Exception {
        Silent silent = new Silent(lake.store, applies);
        EventRecorder recorder = lake.spilling(silent, temp);
        recorder.record(Event.of("a"));
        lake.host.sleep(Duration.ofMinutes(3));
        assertThat(recorder.counts().stored()).as("nobody could say so").isZero();
        assertThat(recorder.counts().waiting()).isEqualTo(1);
        assertThat(lake.types("events")).hasSize(applies ? 1 : 0);
        silent.end();
        assertThat(recorder.close(MINUTE).isNothing()).isTrue();
        assertThat(recorder.counts().stored()).isEqualTo(1);
        assertThat(lake.types("events")).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenTheSlotHasANewOwnerWhatIsNotFoundIsRecordedInANewLaneAndWhatIsFoundIsNot(boolean applies)
            throws Exception {
        Silent silent = new Silent(lake.store, applies);
        EventRecorder recorder = lake.spilling(silent, temp);
        recorder.record(Event.of("a"));
        lake.host.sleep(Duration.ofSeconds(50));
        takeSlot0();
        EventRecorder other = lake.inMemory();
        other.record(Event.of("b"));
        other.close();
        silent.end();
        lake.host.sleep(Duration.ofMinutes(2));
        recorder.close();
        assertThat(recorder.counts().stored()).isEqualTo(1);
        assertThat(lake.types("events")).containsExactly("a", "b");
        assertThat(numbers("lane:0")).isEqualTo(applies ? 1 : 0);
        assertThat(numbers("lane:1")).isEqualTo(applies ? 1 : 2);
    }

    private int numbers(String lane) {
        return lake.table("events")
                .numbers(lake.snapshot("events"), lane, -1)
                .orElseThrow()
                .size();
    }

    /// Another process saw the lease expire.
    private void takeSlot0() throws InterruptedException {
        ControlTable other = new ControlTable(lake.store, lake.host, Pod.named("other", lake.host));
        Claim claim = new Claim("recorder:0", MINUTE, (newest, _) -> newest);
        LeaseOutcome outcome = other.claim(claim);
        for (int i = 0; i < 20 && !(outcome instanceof LeaseOutcome.Granted); i++) {
            lake.host.pass(MINUTE);
            outcome = other.claim(claim);
        }
        assertThat(outcome).isInstanceOf(LeaseOutcome.Granted.class);
    }

    @Test
    void whenTheLogWasCleanedMeanwhileTheEventsAreDeadLettersAndCounted() throws Exception {
        Silent silent = new Silent(lake.store, false);
        silent.armed = false;
        EventRecorder recorder = lake.spilling(silent, temp);
        recorder.record(Event.of("first"));
        assertThat(recorder.flush(MINUTE)).isTrue();
        silent.armed = true;
        recorder.record(Event.of("second"));
        lake.host.sleep(Duration.ofSeconds(40));
        EventRecorder other = lake.inMemory();
        for (int i = 0; i < 3; i++) {
            other.record(Event.of("other"));
            other.flush(MINUTE);
        }
        other.close();
        clean();
        silent.end();
        lake.host.sleep(Duration.ofMinutes(2));
        recorder.close();
        assertThat(recorder.counts().deadLettered()).isEqualTo(1);
        assertThat(lake.rows(EventRecorder.DEAD_LETTERS)).singleElement().satisfies(letter -> {
            assertThat(letter).containsEntry("type", "second").containsEntry("intended_table", "events");
            assertThat(letter.get("reason")).asString().contains("the log was cleaned since version");
        });
    }

    /// The commits below the newest version, which a checkpoint stands for.
    private void clean() {
        DeltaTable table = lake.table("events");
        for (int i = 0; i < 100; i++) {
            table.appendBlindly(Change.of("WRITE").add(List.of()));
        }
        long version = table.latest().orElseThrow().version() / 100 * 100;
        table.at(version);
        table.upkeep(version, LogRetention.DEFAULT);
        for (StoredObject commit : lake.store.list("events/events/_delta_log", "0")) {
            if (commit.name().endsWith(".json") && commit.name().compareTo("%020d".formatted(version)) < 0) {
                lake.store.delete(commit.key());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onABadNetworkWhatWasAcceptedOrAcknowledgedIsThereOnce(long seed) throws Exception {
        EventLake world = new EventLake(seed);
        FaultyStore faulty = new FaultyStore(world.store, world.host, new Random(seed), Faults.everyKind(0.1));
        EventRecorder recorder = world.spilling(faulty, temp.resolve("s" + seed));
        List<String> acknowledged = new ArrayList<>();
        List<Work> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            String name = "d" + caller + ".";
            callers.add(world.host.start("caller", () -> durables(world, recorder, name, acknowledged)));
        }
        for (int i = 0; i < 40; i++) {
            assertThat(recorder.record(Event.of("f" + i))).isEqualTo(Acceptance.ACCEPTED);
            world.host.sleep(Duration.ofSeconds(2));
        }
        while (!callers.stream().allMatch(Work::ended)) {
            world.host.sleep(Duration.ofSeconds(1));
        }
        faulty.faults(Faults.none());
        faulty.arrive();
        assertThat(recorder.close(Duration.ofMinutes(10)).isNothing()).isTrue();
        List<String> there = world.types("events");
        assertThat(there).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(there)
                .containsAll(IntStream.range(0, 40).mapToObj(i -> "f" + i).toList());
        assertThat(acknowledged).isNotEmpty();
    }

    private static void durables(EventLake world, EventRecorder recorder, String name, List<String> acknowledged) {
        try {
            for (int i = 0; i < 10; i++) {
                try {
                    recorder.recordDurably(Event.of(name + i));
                    acknowledged.add(name + i);
                } catch (FreshetException e) {
                    world.host.sleep(Duration.ofSeconds(1));
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
