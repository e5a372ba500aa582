package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.table.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Two processes that both believe they hold the owner's lease.
class TwoHoldersTest {
    private final SettableHost host = new SettableHost();
    private final Owner owner = new Owner(new MemoryStore(host), host);

    @Test
    void whoeverOpensLaterIsTheOnlyOneWhoWrites() {
        Checkpointer former = owner.open(1);
        Owner.commit(former, "a");
        Owner.commit(former, "b");
        Owner.commit(former, "c");
        CheckpointDraft making = former.begin();
        Checkpointer later = owner.open(2);
        fenced(() -> Owner.commit(former, making));
        fenced(former::begin);
        assertThat(former.list()).hasSize(3);
        Checkpoint newest = Owner.commit(later, "d");
        assertThat(later.list()).hasSize(4).endsWith(newest);
        fenced(() -> owner.open(1));
        assertThat(owner.reader().list()).isEqualTo(later.list());
    }

    @Test
    void aFormerHolderCollectsNothing() {
        Checkpointer former = owner.open(1);
        Owner.commit(former, "a");
        Owner.commit(former, "b");
        Owner.commit(former, "c");
        owner.open(2);
        List<String> before = owner.keys();
        fenced(() -> former.gc(Set.of()));
        assertThat(owner.keys()).isEqualTo(before);
    }

    @Test
    void theSameHolderMayOpenAgainAndTheFirstOneEnds() {
        Checkpointer first = owner.open(1);
        Checkpointer making = owner.open(1);
        fenced(() -> Owner.commit(first, "a"));
        Owner.commit(making, "b");
        assertThat(owner.reader().list()).hasSize(1);
    }

    @Test
    void nothingIsChangedOnceTheLeaseHasRunOut() {
        AtomicReference<Runnable> check = new AtomicReference<>(() -> {});
        Tenure tenure =
                new Tenure(Owner.NAME, new Fence(0, 1), () -> check.get().run());
        Checkpointer checkpointer = Checkpointer.open(owner.store(), host, tenure, CheckpointRetention.DEFAULT);
        Owner.commit(checkpointer, "a");
        CheckpointDraft making = checkpointer.begin();
        check.set(() -> {
            throw new FreshetException(ErrorCode.FENCED, "the lease ran out");
        });
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                checkpointer::begin,
                () -> Owner.commit(checkpointer, making),
                () -> Checkpointer.open(owner.store(), host, tenure, CheckpointRetention.DEFAULT))) {
            assertThatThrownBy(use).hasMessageContaining("the lease ran out");
        }
        assertThat(owner.reader().list()).hasSize(1);
    }

    /// The later one opens and commits at every single store operation of the former one's life.
    @Test
    void whereverTheLaterOneComesInItsCheckpointsAreWholeAndTheLast() {
        for (int at = 1; ; at++) {
            Owner lake = new Owner(new MemoryStore(host), host);
            thereAreThreeAndGarbage(lake);
            AtomicReference<Checkpointer> later = new AtomicReference<>();
            Meeting store = new Meeting(lake.store(), at, () -> {
                later.set(lake.open(3));
                Owner.commit(later.get(), "by the later one");
            });
            try {
                Checkpointer former = lake.with(store).open(2);
                Owner.commit(former, "by the former one");
                former.gc(Set.of());
                Owner.commit(former, "by the former one again");
            } catch (FreshetException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.FENCED);
            }
            if (later.get() == null) {
                assertThat(at).isGreaterThan(30);
                return;
            }
            checkLaterOneGoesOn(later.get(), lake, "operation " + at);
        }
    }

    /// The former one commits and collects at every single store operation of the later one's life.
    @Test
    void whereverTheFormerOneComesInItsCommitCountsOrIsRefused() {
        for (int at = 1; ; at++) {
            Owner lake = new Owner(new MemoryStore(host), host);
            Checkpointer former = thereAreThreeAndGarbage(lake);
            List<Checkpoint> told = new ArrayList<>();
            Meeting store = new Meeting(lake.store(), at, () -> {
                try {
                    told.add(Owner.commit(former, "by the former one"));
                    former.gc(Set.of());
                } catch (FreshetException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.FENCED);
                }
            });
            Checkpointer later = lake.with(store).open(3);
            Owner.commit(later, "by the later one");
            assertThat(later.list()).containsAll(told);
            checkLaterOneGoesOn(later, lake, "operation " + at);
            if (!store.met()) {
                assertThat(at).isGreaterThan(10);
                return;
            }
        }
    }

    private static void checkLaterOneGoesOn(Checkpointer later, Owner lake, String when) {
        assertThat(Owner.restored(later)).as(when).isEqualTo("by the later one");
        assertThat(lake.reader().list()).as(when).isEqualTo(later.list());
        assertThat(lake.reader().verify()).as(when).allMatch(one -> one.faults().isEmpty());
        Checkpoint last = Owner.commit(later, "on it goes");
        assertThat(lake.reader().list()).as(when).endsWith(last);
    }

    private static Checkpointer thereAreThreeAndGarbage(Owner lake) {
        Checkpointer before = lake.open(1);
        CheckpointDraft first = before.begin();
        first.share("of the first".getBytes(UTF_8));
        Owner.commit(before, first);
        Owner.commit(before, "second");
        Owner.commit(before, "third");
        before.begin().put("state", "never committed".getBytes(UTF_8));
        return before;
    }

    @Test
    void onABadNetworkWhatWasToldIsThereAndTheFencesNeverGoBack() {
        for (int seed = 0; seed < 60; seed++) {
            badNetwork(seed);
        }
    }

    private void badNetwork(int seed) {
        Random random = new Random(seed);
        Owner lake = new Owner(new MemoryStore(host), host);
        FaultyStore faulty = new FaultyStore(lake.store(), host, new Random(seed), Faults.everyKind(0.2));
        List<Checkpointer> holders = new ArrayList<>();
        List<Checkpoint> told = new ArrayList<>();
        for (int step = 1; step < 60; step++) {
            try {
                if (holders.isEmpty() || random.nextInt(6) == 0) {
                    holders.add(lake.with(faulty).open(step));
                }
                Checkpointer one = holders.get(random.nextInt(holders.size()));
                if (random.nextInt(4) == 0) {
                    told.removeAll(one.gc(Set.of()).removed());
                } else {
                    told.add(Owner.commit(one, "step " + step));
                }
            } catch (FreshetException e) {
                assertThat(e.code())
                        .as("seed " + seed + ": " + e)
                        .isIn(ErrorCode.FENCED, ErrorCode.OUTCOME_UNKNOWN, ErrorCode.LAKE_UNREACHABLE);
            }
        }
        faulty.arrive();
        checkBooks(lake, told, "seed " + seed);
    }

    private static void checkBooks(Owner lake, List<Checkpoint> told, String when) {
        List<Checkpoint> listed = lake.open(1000).list();
        // a collection of unknown outcome may have removed the oldest
        assertThat(listed).as(when).containsAll(told.subList(Math.max(0, told.size() - 2), told.size()));
        assertThat(lake.reader().verify()).as(when).allMatch(one -> one.faults().isEmpty());
        List<Fence> fences = new ArrayList<>();
        for (int n = 0; lake.store().stat(document(n)).isPresent(); n++) {
            fences.add(CatalogDocument.read(n, document(n), lake.store().read(document(n)))
                    .fence());
        }
        assertThat(fences).as(when).isSorted().hasSizeGreaterThan(2);
    }

    private static String document(int number) {
        return Owner.FOLDER + "/catalog/" + number + ".json";
    }

    @Test
    void whenTheStoreDoesNotSayTheHolderStopsAndTheNextOneFindsOut() {
        Silent silent = new Silent(owner.store());
        Checkpointer waiting = owner.with(silent).open(2);
        CheckpointDraft making = waiting.begin();
        making.put("state", "not told".getBytes(UTF_8));
        silent.silent = true;
        code(ErrorCode.OUTCOME_UNKNOWN, () -> Owner.commit(waiting, making));
        silent.silent = false;
        assertThat(waiting.list()).isEmpty();
        code(ErrorCode.OUTCOME_UNKNOWN, waiting::begin);
        assertThat(Owner.restored(owner.open(3))).isEqualTo("not told");
    }

    private static void fenced(ThrowingCallable use) {
        code(ErrorCode.FENCED, use);
    }

    private static void code(ErrorCode code, ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /// Something else happens just before the n-th operation.
    private static final class Meeting extends InterceptedStore {
        private final int at;
        private final Runnable event;
        private int count;

        Meeting(Store store, int at, Runnable event) {
            super(store);
            this.at = at;
            this.event = event;
        }

        boolean met() {
            return count >= at;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            count++;
            if (count == at) {
                event.run();
            }
            return action.get();
        }
    }

    /// Writes the catalog and never says so.
    private static final class Silent extends InterceptedStore {
        private boolean silent;

        Silent(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            T result = action.get();
            if (silent && key.contains("/catalog/")) {
                throw StoreException.unknown("no answer", null);
            }
            return result;
        }
    }
}
