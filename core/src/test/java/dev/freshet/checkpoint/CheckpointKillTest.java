package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.DyingStore.KilledError;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A holder opens, commits and collects, and is killed at every single store operation of it, before or after
/// that operation took effect.
class CheckpointKillTest {
    private static final int SHORTEST_LIFE = 40;
    private static final int LONGEST_LIFE = 200;

    private final SettableHost host = new SettableHost();
    private final Owner history = new Owner(new MemoryStore(host), host);
    private String shared;

    /// What the holder was told to be done: the ids that are to be listed at least, oldest first.
    private final List<UUID> acknowledged = new ArrayList<>();

    @BeforeEach
    void thereAreTwoCheckpointsAndGarbage() {
        Checkpointer checkpointer = history.open(1);
        CheckpointDraft first = checkpointer.begin();
        first.put("state", "first".getBytes(UTF_8));
        first.share("only of the first".getBytes(UTF_8));
        shared = first.share("of all".getBytes(UTF_8));
        Owner.commit(checkpointer, first);
        CheckpointDraft second = checkpointer.begin();
        second.put("state", "second".getBytes(UTF_8));
        second.keep(shared);
        Owner.commit(checkpointer, second);
        CheckpointDraft never = checkpointer.begin();
        never.put("state", "never committed".getBytes(UTF_8));
        never.share("nor needed".getBytes(UTF_8));
        history.put("notes.txt", "not ours");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverAHolderIsKilledWhatItWasToldIsThereAndNothingElseStays(boolean applied) {
        killEverywhere(applied, lake -> {
            Checkpointer next = lake.open(3);
            checkAllIsThere(next.list(), lake);
            checkNothingElseIsThere(next.list(), lake);
            assertThat(next.restore().isPresent()).isEqualTo(!next.list().isEmpty());
            Checkpoint last = Owner.commit(next, "on it goes");
            next.gc(Set.of());
            assertThat(next.list()).hasSizeLessThanOrEqualTo(3).endsWith(last);
            checkNothingElseIsThere(next.list(), lake);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ifTheCatalogIsLostAsWellARepairBringsBackWhatItWasTold(boolean applied) {
        killEverywhere(applied, lake -> {
            lake.loseCatalog();
            Repaired repaired = lake.repair(3);
            checkAllIsThere(repaired.listed(), lake);
            Checkpointer next = lake.open(4);
            assertThat(next.list()).isEqualTo(repaired.listed());
            checkNothingElseIsThere(next.list(), lake);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRepairThatIsKilledAnywhereIsRunAgainAndLosesNothing(boolean applied) {
        history.loseCatalog();
        List<UUID> made = Owner.ids(history.copy().repair(2).listed());
        assertThat(made).hasSize(2);
        for (int last = 1; ; last++) {
            Owner lake = history.copy();
            DyingStore dying = new DyingStore(lake.store(), last, applied);
            try {
                lake.with(dying).repair(2);
            } catch (KilledError _) {
                // that was its life
            }
            lake.repair(3);
            assertThat(Owner.ids(lake.open(4).list())).isEqualTo(made);
            if (!dying.died()) {
                assertThat(last).isGreaterThan(5);
                return;
            }
        }
    }

    private void killEverywhere(boolean applied, Consumer<Owner> check) {
        for (int last = 1; ; last++) {
            Owner lake = history.copy();
            DyingStore dying = new DyingStore(lake.store(), last, applied);
            live(lake.with(dying));
            check.accept(lake);
            if (!dying.died()) {
                assertThat(last).isGreaterThan(SHORTEST_LIFE);
                return;
            }
            assertThat(last).as("the life of a holder has an end").isLessThan(LONGEST_LIFE);
        }
    }

    private void live(Owner owner) {
        acknowledged.clear();
        acknowledged.addAll(Owner.ids(history.reader().list()));
        try {
            Checkpointer checkpointer = owner.open(2);
            CheckpointDraft third = checkpointer.begin();
            third.put("state", "third".getBytes(UTF_8));
            third.keep(shared);
            acknowledged.add(Owner.commit(checkpointer, third).id());
            acknowledged.removeFirst();
            checkpointer.gc(Set.of());
            CheckpointDraft fourth = checkpointer.begin();
            fourth.put("state", "fourth".getBytes(UTF_8));
            acknowledged.add(Owner.commit(checkpointer, fourth).id());
            acknowledged.clear();
            checkpointer.clear();
        } catch (KilledError _) {
            // that was its life
        }
    }

    private void checkAllIsThere(List<Checkpoint> listed, Owner lake) {
        assertThat(Owner.ids(listed)).filteredOn(acknowledged::contains).isEqualTo(acknowledged);
        assertThat(listed).hasSizeLessThanOrEqualTo(4);
        assertThat(lake.reader().verify())
                .hasSameSizeAs(listed)
                .allMatch(one -> one.faults().isEmpty());
    }

    private static void checkNothingElseIsThere(List<Checkpoint> listed, Owner lake) {
        Store store = lake.store();
        Stream<String> states = listed.stream()
                .flatMap(checkpoint -> Stream.of(
                        checkpoint.id() + "/CHECKPOINT",
                        checkpoint.id() + "/dependencies.json",
                        checkpoint.id() + "/state"));
        CheckpointFiles files = new CheckpointFiles(store, OwnerFolder.of(Owner.NAME));
        Stream<String> kept = listed.stream()
                .flatMap(checkpoint -> files.dependencies(checkpoint.id()).shared())
                .map(OwnedFile::path);
        List<String> expected = Stream.of(states, kept, Stream.of("notes.txt"))
                .flatMap(paths -> paths)
                .map(path -> Owner.FOLDER + "/" + path)
                .distinct()
                .toList();
        assertThat(lake.keys()).containsExactlyInAnyOrderElementsOf(expected);
    }
}
