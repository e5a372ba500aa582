package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.FreshetException;
import dev.freshet.store.DyingStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process records, and is killed at every single store operation of it, before or after that operation took
/// effect; another one goes on with its disk.
@Timeout(300)
class EventKillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @TempDir
    private Path temp;

    /// What the process was told.
    private record Told(List<String> accepted, List<String> acknowledged, List<String> doubtful) {
        Told() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void whereverAProcessIsKilledWhatItAcceptedIsThereOnce(boolean usedLake, boolean applied) {
        int last = 1;
        for (boolean died = true; died; last++) {
            assertThat(last).as("the life of a process has an end").isLessThan(500);
            died = killedAt(last, usedLake, applied);
        }
        assertThat(last).as("there was something to kill").isGreaterThan(40);
    }

    private boolean killedAt(int last, boolean usedLake, boolean applied) {
        EventLake lake = new EventLake(last);
        if (usedLake) {
            EventRecorder historian = lake.inMemory();
            historian.record(Event.of("old").in("web"));
            historian.close();
        }
        Path disk = temp.resolve(usedLake + "-" + applied + "-" + last);
        DyingStore dying = new DyingStore(lake.store, last, applied);
        Told told = new Told();
        Mortal mortal = new Mortal(dying);
        live(lake, mortal, disk.resolve("before"), told);
        mortal.dead = true;

        lake.host.pass(Duration.ofSeconds(5));
        EventRecorder successor =
                lake.spilling(lake.store, EventLake.afterDeath(disk.resolve("before"), disk.resolve("after")));
        assertThat(successor.record(Event.of("next").in("web"))).isEqualTo(Acceptance.ACCEPTED);
        assertThat(successor.close(Duration.ofMinutes(10)).isNothing()).isTrue();
        check(lake, told, "killed at operation " + last);
        assertThat(lake.slots()).as("slots are used again").hasSizeLessThanOrEqualTo(2);
        return dying.died();
    }

    /// Whoever survived its life dies after it.
    private static final class Mortal extends InterceptedStore {
        private boolean dead;

        Mortal(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (dead) {
                throw new DyingStore.KilledError();
            }
            return action.get();
        }
    }

    private static void live(EventLake lake, Store store, Path disk, Told told) {
        EventRecorder recorder = lake.spilling(store, disk);
        accept(recorder, told, "a1", "web");
        accept(recorder, told, "b1", "app");
        acknowledge(recorder, told, "d1", "web");
        flush(recorder);
        accept(recorder, told, "a2", "web");
        acknowledge(recorder, told, "d2", "web");
        flush(recorder);
        accept(recorder, told, "b2", "app");
    }

    private static void accept(EventRecorder recorder, Told told, String type, String table) {
        if (recorder.record(Event.of(type).in(table)) == Acceptance.ACCEPTED) {
            told.accepted.add(type);
        }
    }

    private static void acknowledge(EventRecorder recorder, Told told, String type, String table) {
        try {
            recorder.recordDurably(Event.of(type).in(table));
            told.acknowledged.add(type);
        } catch (FreshetException e) {
            told.doubtful.add(type);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void flush(EventRecorder recorder) {
        try {
            recorder.flush(PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void check(EventLake lake, Told told, String when) {
        List<String> there = Stream.of("web", "app")
                .flatMap(table -> lake.types(table).stream())
                .toList();
        Stream.concat(told.accepted.stream(), told.acknowledged.stream())
                .forEach(type -> assertThat(there).as(when).containsOnlyOnce(type));
        told.doubtful.forEach(
                type -> assertThat(there).as(when).filteredOn(type::equals).hasSizeLessThanOrEqualTo(1));
        assertThat(there).as(when).containsOnlyOnce("next");
        assertThat(lake.rows(EventRecorder.DEAD_LETTERS)).as(when).isEmpty();
    }
}
