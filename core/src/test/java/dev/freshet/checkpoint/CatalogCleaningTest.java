package dev.freshet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.DyingStore.KilledError;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// The catalog does not grow for ever, and no number of it is used twice.
class CatalogCleaningTest {
    private static final Duration FLOOR = CheckpointRetention.DEFAULT.floor();

    private final SettableHost host = new SettableHost();
    private final Owner owner = new Owner(new MemoryStore(host), host);

    @Test
    void whatNewerDocumentsReplacedGoesOnceItIsOlderThanTheFloor() {
        Checkpointer first = owner.open(1);
        Checkpoint kept = Owner.commit(first, "kept");
        host.pass(FLOOR.minusSeconds(1));
        owner.open(2);
        assertThat(owner.documents()).containsExactly("0.json", "1.json", "2.json");
        host.pass(Duration.ofSeconds(1));
        Checkpointer third = owner.open(3);
        assertThat(owner.documents()).containsExactly("2.json", "3.json");
        assertThat(third.list()).containsExactly(kept);
        host.pass(FLOOR);
        assertThat(owner.documents()).hasSize(2);
        assertThat(owner.reader().list()).containsExactly(kept);
    }

    @Test
    void aHolderThatWorksForAYearCleansNowAndThen() {
        Checkpointer checkpointer = owner.open(1);
        for (int i = 0; i < 1000; i++) {
            host.pass(Duration.ofMinutes(10));
            Owner.commit(checkpointer, "slice " + i);
            checkpointer.gc(Set.of());
            assertThat(owner.documents()).hasSizeLessThan(120);
        }
        assertThat(checkpointer.list()).hasSize(2);
    }

    @Test
    void aHolderPausedUntilItsNumbersWereCleanedIsToldUnknownAndChangesNothing() {
        Checkpointer paused = owner.open(1);
        CheckpointDraft making = paused.begin();
        List<Checkpoint> theirs = othersCleanEverythingBelow();
        unknown(() -> Owner.commit(paused, making));
        assertThat(owner.reader().list()).isEqualTo(theirs);
        assertThat(owner.open(9).list()).isEqualTo(theirs);
    }

    @Test
    void soIsOneThatWasPausedWhileItOpened() {
        Owner.commit(owner.open(1), "first");
        Pausing store = new Pausing(owner.store(), this::othersCleanEverythingBelow);
        unknown(() -> owner.with(store).open(2));
        assertThat(owner.reader().list()).hasSize(3);
    }

    @Test
    void soIsOneThatBelievedItWasTheVeryFirst() {
        Pausing store = new Pausing(owner.store(), this::othersCleanEverythingBelow);
        unknown(() -> owner.with(store).open(2));
        assertThat(owner.reader().list()).hasSize(2);
        assertThat(owner.documents()).contains("0.json");
    }

    @Test
    void whatSuchAZombiePutIsCleanedInItsTime() {
        soIsOneThatBelievedItWasTheVeryFirst();
        host.pass(FLOOR);
        owner.open(9);
        assertThat(owner.documents()).doesNotContain("0.json");
        assertThat(owner.reader().list()).hasSize(2);
    }

    private List<Checkpoint> othersCleanEverythingBelow() {
        Owner.commit(owner.open(3), "theirs");
        host.pass(FLOOR);
        Owner.commit(owner.open(4), "theirs too");
        host.pass(FLOOR);
        return owner.open(5).list();
    }

    @Test
    void aCleanerKilledAnywhereLeavesACatalogThatIsRight() {
        for (int last = 1; ; last++) {
            Owner lake = owner.with(new MemoryStore(host));
            Checkpointer before = lake.open(1);
            Owner.commit(before, "a");
            Owner.commit(before, "b");
            List<Checkpoint> listed = before.list();
            host.pass(FLOOR);
            DyingStore dying = new DyingStore(lake.store(), DyingStore.CHANGES, last, last % 2 == 0);
            try {
                lake.with(dying).open(2);
            } catch (KilledError _) {
                // killed there
            }
            assertThat(lake.reader().list()).isEqualTo(listed);
            assertThat(lake.open(3).list()).isEqualTo(listed);
            if (!dying.died()) {
                assertThat(last).isGreaterThan(3);
                return;
            }
        }
    }

    private static void unknown(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    /// Something else happens for a long time before its first put.
    private static final class Pausing extends InterceptedStore {
        private final Runnable pause;
        private boolean paused;

        Pausing(Store store, Runnable pause) {
            super(store);
            this.pause = pause;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == Operation.PUT && !paused) {
                paused = true;
                pause.run();
            }
            return action.get();
        }
    }
}
