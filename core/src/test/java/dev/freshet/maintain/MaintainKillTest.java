package dev.freshet.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.LogRetention;
import dev.freshet.table.RowTable;
import dev.freshet.table.StillNeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A turn that has everything to do, rows that are too old, small files and dead ones, is killed at every single store
/// operation of it, before or after that operation took effect.
class MaintainKillTest {
    private static final Duration AGE = Duration.ofHours(2);
    private static final LogRetention LOGS = new LogRetention(Duration.ofMinutes(30), Duration.ofHours(3), 200, AGE);
    private static final Rules RULES = new Rules(
            TableFolder.named("events.e"),
            new MaintainTerms(Duration.ofHours(1), 1 << 20, LOGS),
            StillNeeded.nothing());
    private static final int SHORTEST_LIFE = 60;
    private static final int LONGEST_LIFE = 400;
    private static final List<Long> OLD = List.of(1L, 2L);
    private static final List<Long> YOUNG = List.of(10L, 11L, 12L, 13L, 14L, 15L);

    private SettableHost host = new SettableHost();
    private Store store = new MemoryStore(host);
    private RowTable events = new RowTable(store, host, "events/e");
    private long before;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverATurnIsKilledNoRowIsLostAndTheNextOneGoesOn(boolean applied) {
        for (int last = 1; ; last++) {
            aNeglectedTable();
            DyingStore dying = new DyingStore(store, last, applied);
            try {
                turn(dying, 1);
            } catch (DyingStore.KilledError _) {
                // that was its life
            }
            everyVersionThatMayBeReadIsWhole();
            turn(store, 2);
            everyVersionThatMayBeReadIsWhole();
            assertThat(events.ids()).containsExactlyInAnyOrderElementsOf(YOUNG);
            assertThat(events.newest().files()).as("joined").hasSize(2);
            nothingIsLeftOver();
            if (!dying.died()) {
                assertThat(last).isGreaterThan(SHORTEST_LIFE);
                return;
            }
            assertThat(last).as("a turn has an end").isLessThan(LONGEST_LIFE);
        }
    }

    private void aNeglectedTable() {
        host = new SettableHost(7);
        store = new MemoryStore(host);
        events = new RowTable(store, host, "events/e");
        events.create(Map.of("freshet.time_to_live", "30d"));
        Instant now = host.now();
        OLD.forEach(id -> append(now.minus(Duration.ofDays(40)), id));
        YOUNG.subList(0, 3).forEach(id -> append(now, id));
        YOUNG.subList(3, 6).forEach(id -> append(now.minus(Duration.ofDays(1)), id));
        DataFile replaced = append(now, 99);
        events.commit(Change.of("DELETE").remove(List.of(replaced)));
        DataFile killedLoad = events.write(now, 98);
        assertThat(store.stat("events/e/" + killedLoad.path())).isPresent();
        host.pass(AGE.multipliedBy(2));
        before = events.newest().version();
    }

    private DataFile append(Instant time, long id) {
        host.pass(Duration.ofSeconds(1));
        return events.append(time, id);
    }

    private void turn(Store through, long fence) {
        host.pass(Duration.ofSeconds(1));
        var _ = new MaintainTask(RULES, _ -> {}).run(new StepRun(through, host, RULES.folder(), fence, AGE));
    }

    private void everyVersionThatMayBeReadIsWhole() {
        for (long version = before; version <= events.newest().version(); version++) {
            List<Long> ids = events.ids(events.table().at(version));
            assertThat(ids).as("version %d", version).containsAll(YOUNG).doesNotHaveDuplicates();
            List<Long> others = new ArrayList<>(ids);
            others.removeAll(YOUNG);
            assertThat(others).as("version %d", version).isIn(List.of(), OLD, OLD.reversed());
        }
    }

    private void nothingIsLeftOver() {
        host.pass(AGE.multipliedBy(2));
        turn(store, 3);
        List<String> stored = store.folders("events/e").stream()
                .filter(name -> name.startsWith("day="))
                .flatMap(day -> store.list("events/e/" + day, "").stream())
                .map(StoredObject::key)
                .toList();
        assertThat(stored)
                .containsExactlyInAnyOrderElementsOf(events.newest().files().stream()
                        .map(file -> "events/e/" + file.path())
                        .toList());
    }
}
