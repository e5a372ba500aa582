package dev.freshet.ingest;

import static dev.freshet.ingest.Copies.people;
import static dev.freshet.ingest.Copies.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.DyingStore;
import dev.freshet.store.DyingStore.KilledError;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A relaxed ingest is killed at every single store operation of it, before or after that operation took effect.
class SplitKillTest {
    private static final int SHORTEST_LIFE = 60;
    private static final int LONGEST_LIFE = 400;

    private final SettableHost host = new SettableHost();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverItIsKilledItsSuccessorReadsWhatWasNotCheckpointedAndNothingElse(boolean applied) throws Exception {
        for (int last = 1; ; last++) {
            Copies copies = new Copies(new MemoryStore(host), host);
            DyingStore dying = new DyingStore(copies.store(), last, applied);
            live(new Copies(dying, host));
            succeed(copies);
            if (!dying.died()) {
                assertThat(last).isGreaterThan(SHORTEST_LIFE);
                return;
            }
            assertThat(last).as("the life of a run has an end").isLessThan(LONGEST_LIFE);
        }
    }

    private static void live(Copies copies) throws Exception {
        try {
            copies.copy(people(5), 1);
        } catch (KilledError _) {
            // that was its life
        }
    }

    private static void succeed(Copies copies) throws Exception {
        boolean committed =
                !copies.store().list("datasets/people/_delta_log", "").isEmpty();
        List<Checkpoint> kept = copies.checkpoints().list();
        long resumed = committed || kept.isEmpty() ? 0 : kept.getLast().steps();
        int complete = copies.files().size();
        assertThat(committed ? 0 : complete - resumed)
                .as("complete files that no checkpoint knows of")
                .isBetween(0L, 2L);

        ListSource source = people(5);
        source.rows().set(4, row(4, "new"));
        TaskResult result = copies.copy(source, 2);
        copies.checkEqual(source);
        assertThat(result.reason()).startsWith("splits=" + (source.read().size() + resumed) + " resumed=" + resumed);
        assertThat(copies.checkpoints().list()).isEmpty();
        assertThat(Checkpoints.borrowed(copies.store(), copies.host())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void onABadNetworkOneRunAfterTheOtherBringsItToItsEnd(int seed) throws Exception {
        Copies copies = new Copies(new MemoryStore(host), host);
        FaultyStore faulty = new FaultyStore(copies.store(), host, new Random(seed), Faults.everyKind(0.1));
        ListSource source = people(20);
        List<ErrorCode> failures = new ArrayList<>();
        for (int fence = 1; fence <= 30 && committed(copies) == 0; fence++) {
            try {
                new Copies(faulty, host).copy(source, fence);
            } catch (FreshetException e) {
                failures.add(e.code());
            }
        }
        faulty.arrive();
        faulty.faults(Faults.none());
        copies.copy(source, 1000);
        copies.checkEqual(source);
        assertThat(failures)
                .isSubsetOf(
                        ErrorCode.FENCED, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.LAKE_UNREACHABLE, ErrorCode.CONFLICT);
    }

    private static int committed(Copies copies) {
        return copies.store().list("datasets/people/_delta_log", "").size();
    }
}
