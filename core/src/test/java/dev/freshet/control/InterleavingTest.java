package dev.freshet.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.ReleaseOutcome.LeaseLost;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What happens when another pod acts, or the store goes wrong, at one exact moment.
class InterleavingTest {
    private static final String TASK = "ingest:orders";
    private static final String LOG = ControlTable.PATH + "/_delta_log";
    private static final Duration L = Duration.ofSeconds(60);

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final ControlTable other = new ControlTable(
            lake,
            new OneThreadHost(host),
            Pod.named("other", host),
            new ControlUpkeep(Duration.ofHours(1), Duration.ofHours(1), 10, 10));

    @Test
    void aClaimInTheMiddleOfAnothersReleaseWaitsForIt() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable holder = pod(store, "holder");
        Lease lease = claim(holder);
        store.next(() -> {
            assertThat(other.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
            assertThat(other.tryClaim("rollup:daily", L)).isInstanceOf(Granted.class);
        });
        TickOutcome outcome = holder.tick(TickPlan.release(new Release(lease, row -> row)));
        assertThat(outcome.release(TASK)).isInstanceOf(Released.class);
        assertThat(outcome.tries()).as("another task's commit came first").isEqualTo(2);
        assertThat(other.rows()).hasSize(2);
        assertThat(other.tryClaim(TASK, L)).isInstanceOf(Granted.class);
    }

    @Test
    void ofTwoPodsThatDecideToClaimAtOnceOneIsTold() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable slow = pod(store, "slow");
        store.next(() -> assertThat(other.tryClaim(TASK, L)).isInstanceOf(Granted.class));
        assertThat(slow.tryClaim(TASK, L))
                .isEqualTo(new HeldBy(
                        "other",
                        other.pod().instanceId(),
                        other.row(TASK).orElseThrow().claimedAt()));
        assertThat(other.rows()).hasSize(1);
    }

    @Test
    void theFirstTwoPodsEverCannotBothCreateATask() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable slow = pod(store, "slow");
        store.next(() -> claim(other));
        TickOutcome outcome = slow.tick(TickPlan.claim(new Claim("second", L, ClaimTerms.whenDue("second", host))));
        Lease lease = ((Granted) outcome.claim("second")).lease();
        assertThat(other.rows()).hasSize(2);
        assertThat(lease.fence().epoch())
                .as("the epoch of the table that exists")
                .isEqualTo(claimedFenceOf(TASK).fence().epoch());
    }

    @Test
    void aReclaimWhileARenewalIsUnderWayIsDecidedAgain() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable slow = pod(store, "slow");
        ControlTable holder = pod(lake, "holder");
        Lease lease = claim(holder);
        slow.rows();
        host.pass(L);
        store.next(() -> assertThat(holder.renew(lease)).isInstanceOf(RenewOutcome.Renewed.class));
        assertThat(slow.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
    }

    @Test
    void aClaimThatLandsLateIsFoundAndReleasedAsWorkThatNobodyDoes() {
        claim(other);
        LateCommits store = new LateCommits(lake);
        ControlTable unlucky = pod(store, "unlucky");
        assertThat(unlucky.tryClaim("rollup:daily", L)).isInstanceOf(LeaseOutcome.Unknown.class);
        assertThat(other.row("rollup:daily")).isEmpty();
        store.arrive();
        TaskRow row = other.row("rollup:daily").orElseThrow();
        assertThat(row.instanceId()).isEqualTo(unlucky.pod().instanceId());
        assertThat(unlucky.release(Lease.stray(row, host.nanos()), r -> r)).isInstanceOf(Released.class);
        assertThat(other.isDue("rollup:daily")).isTrue();
    }

    @Test
    void aCommitThatLandsLateAfterAnotherTookItsNumberIsNothing() {
        claim(other);
        LateCommits store = new LateCommits(lake);
        ControlTable unlucky = pod(store, "unlucky");
        assertThat(unlucky.tryClaim("rollup:daily", L)).isInstanceOf(LeaseOutcome.Unknown.class);
        Lease lease = ((Granted) other.tryClaim("rollup:daily", L)).lease();
        store.arrive();
        assertThat(unlucky.row("rollup:daily")).contains(lease.row());
    }

    @Test
    void aPodThatPausesWhileItsNumberIsCleanedAwayIsToldUnknownAndChangesNothing() {
        claim(other);
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable paused = pod(store, "paused");
        paused.rows();
        store.next(this::aLongTimePasses);
        assertThat(paused.tryClaim("rollup:daily", L)).isInstanceOf(LeaseOutcome.Unknown.class);
        assertThat(pod(lake, "fresh").row("rollup:daily")).isEmpty();
        assertThat(other.row("rollup:daily")).isEmpty();
        assertThat(paused.tryClaim("rollup:daily", L)).isInstanceOf(Granted.class);
        assertThat(other.row("rollup:daily").orElseThrow().podId()).isEqualTo("paused");
    }

    @Test
    void aPodThatPausesBeforeCreatingTheTableCannotCreateItAgain() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable paused = pod(store, "paused");
        store.next(() -> {
            claim(other);
            aLongTimePasses();
        });
        assertThat(paused.tryClaim("rollup:daily", L)).isInstanceOf(LeaseOutcome.Unknown.class);
        assertThat(pod(lake, "fresh").rows()).hasSize(2);
        assertThat(other.row("rollup:daily")).isEmpty();
    }

    @Test
    void aStaleHolderIsRefusedThoughItDecidedBeforeTheReclaim() {
        BeforeCommit store = new BeforeCommit(lake);
        ControlTable stale = pod(store, "stale");
        Lease lease = claim(stale);
        other.rows();
        host.pass(L);
        store.next(() -> assertThat(other.tryClaim(TASK, L)).isInstanceOf(Granted.class));
        assertThat(stale.release(lease, row -> row)).isEqualTo(new LeaseLost());
        assertThat(other.row(TASK).orElseThrow().podId()).isEqualTo("other");
    }

    @Test
    void aTableThatCannotBeReadIsNotTakenForNone() {
        claim(other);
        lake.putIfAbsent(LOG + "/%020d.json".formatted(1), "not json".getBytes(UTF_8));
        ControlTable fresh = pod(lake, "fresh");
        List<StoredObject> before = lake.list(LOG, "");
        assertThatThrownBy(() -> fresh.tryClaim("rollup:daily", L))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNREADABLE))
                .hasMessageContaining(ControlTable.PATH);
        assertThatThrownBy(() -> fresh.isDue(TASK)).isInstanceOf(FreshetException.class);
        assertThat(lake.list(LOG, "")).isEqualTo(before);
        assertThat(lake.list(Layout.FOLDER, "")).hasSize(1);
    }

    @Test
    void aStoreOutOfReachIsNotTakenForAnEmptyOne() {
        FaultyStore dead = new FaultyStore(lake, host, new Random(1), new Faults(1, 0, 0, 0, Duration.ZERO));
        ControlTable fresh = pod(dead, "fresh");
        assertThatThrownBy(() -> fresh.tryClaim(TASK, L))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE))
                .hasMessageContaining("_freshet");
        assertThat(lake.folders("")).isEmpty();
    }

    @Test
    void aRefusedWriteIsAnErrorAndNotAnUnknownOutcome() {
        claim(other);
        Store full = new InterceptedStore(lake) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.UPLOAD) {
                    throw StoreException.refused("the disk is full", null);
                }
                return action.get();
            }
        };
        assertThatThrownBy(() -> pod(full, "poor").tryClaim("rollup:daily", L)).hasMessageContaining("disk is full");
        assertThat(other.rows()).hasSize(1);
    }

    /// Two hours of commits, and the log is cleaned as it grows.
    private void aLongTimePasses() {
        for (int i = 0; i < 130; i++) {
            other.request("busy");
            host.pass(Duration.ofMinutes(1));
        }
        assertThat(lake.stat(LOG + "/%020d.json".formatted(1))).isEmpty();
    }

    private Lease claimedFenceOf(String task) {
        return Lease.stray(other.row(task).orElseThrow(), host.nanos());
    }

    private static Lease claim(ControlTable pod) {
        return ((Granted) pod.tryClaim(TASK, L)).lease();
    }

    private ControlTable pod(Store store, String id) {
        return new ControlTable(store, host, Pod.named(id, host));
    }

    private static boolean isCommit(InterceptedStore.Operation operation, String key) {
        return operation == InterceptedStore.Operation.PUT && key.startsWith(LOG);
    }

    /// Lets something happen just before the next commit is put.
    private static final class BeforeCommit extends InterceptedStore {
        private Runnable next = () -> {};

        BeforeCommit(Store store) {
            super(store);
        }

        void next(Runnable action) {
            next = action;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (isCommit(operation, key)) {
                Runnable now = next;
                next = () -> {};
                now.run();
            }
            return action.get();
        }
    }

    /// Reports a failure for every commit, and lets them arrive later.
    private static final class LateCommits extends InterceptedStore {
        private final List<Supplier<?>> under = new ArrayList<>();
        private boolean late = true;

        LateCommits(Store store) {
            super(store);
        }

        void arrive() {
            late = false;
            for (Supplier<?> action : under) {
                var _ = action.get();
            }
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (late && isCommit(operation, key)) {
                under.add(action);
                throw StoreException.unknown("no answer", null);
            }
            return action.get();
        }
    }
}
