package dev.freshet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checkpoints come and go as a list of ids would.
class StateMachineTest {
    private static final int SEEDS = 60;
    private static final int STEPS = 40;

    private final SettableHost host = new SettableHost();
    private final Owner owner = new Owner(new MemoryStore(host), host);

    @Test
    void checkpointsAreCommittedAndCollectedAsTheyAlwaysWere() {
        Checkpointer checkpointer = owner.open(1);
        commit(checkpointer, 2);
        assertThat(extras(checkpointer)).isEmpty();

        commit(checkpointer, 1);
        assertThat(checkpointer.gc(Set.of()).removed()).isNotEmpty();
        assertThat(checkpointer.list()).hasSize(2);

        commit(checkpointer, 2);
        UUID newestExtra = extras(checkpointer).getLast();
        checkpointer.gc(Set.of(newestExtra));
        assertThat(extras(checkpointer)).containsExactly(newestExtra);

        commit(checkpointer, 1);
        UUID oldestExtra = extras(checkpointer).getFirst();
        checkpointer.gc(Set.of(oldestExtra));
        assertThat(extras(checkpointer)).containsExactly(oldestExtra);

        checkpointer.gc(Set.of());
        assertThat(checkpointer.list()).hasSize(2);
        assertThat(owner.reader().verify())
                .hasSize(2)
                .allMatch(one -> one.faults().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whateverIsDoneInWhateverOrderTheListIsTheModels(int kept) {
        for (int seed = 0; seed < SEEDS; seed++) {
            live(seed, kept, new Owner(new MemoryStore(host), host));
        }
    }

    private static void live(int seed, int kept, Owner owner) {
        Random random = new Random(seed);
        Checkpointer checkpointer = owner.open(0, kept);
        List<UUID> model = new ArrayList<>();
        for (int step = 1; step <= STEPS; step++) {
            switch (random.nextInt(8)) {
                case 0 -> checkpointer = owner.open(step, kept);
                case 1, 2, 3 -> {
                    Set<UUID> except = some(model, random);
                    collect(model, except, kept);
                    except.add(new UUID(random.nextLong(), 1));
                    checkpointer.gc(except);
                }
                default -> model.add(Owner.commit(checkpointer, "step " + step).id());
            }
            assertThat(Owner.ids(checkpointer.list())).as("seed " + seed).isEqualTo(model);
            assertThat(Owner.ids(owner.reader().list())).as("seed " + seed).isEqualTo(model);
        }
        assertThat(owner.reader().verify())
                .as("seed " + seed)
                .allMatch(one -> one.faults().isEmpty());
        assertThat(owner.store().folders(Owner.FOLDER))
                .as("seed " + seed)
                .hasSize(model.size() + 1)
                .containsAll(model.stream().map(UUID::toString).toList());
    }

    private static Set<UUID> some(List<UUID> model, Random random) {
        Set<UUID> some = new HashSet<>();
        model.stream().filter(_ -> random.nextInt(4) == 0).forEach(some::add);
        return some;
    }

    private static void collect(List<UUID> model, Set<UUID> except, int kept) {
        List<UUID> newest = List.copyOf(model.subList(Math.max(0, model.size() - kept), model.size()));
        model.removeIf(id -> !newest.contains(id) && !except.contains(id));
    }

    private static void commit(Checkpointer checkpointer, int count) {
        for (int i = 0; i < count; i++) {
            Owner.commit(checkpointer, "some state");
        }
    }

    /// All but the newest two.
    private static List<UUID> extras(Checkpointer checkpointer) {
        List<UUID> ids = Owner.ids(checkpointer.list());
        return ids.subList(0, Math.max(0, ids.size() - 2));
    }
}
