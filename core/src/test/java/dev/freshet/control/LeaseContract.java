package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.EditOutcome.Edited;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.LeaseOutcome.NotDue;
import dev.freshet.control.ReleaseOutcome.LeaseLost;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What leases must do, on every store.
abstract class LeaseContract {
    static final Duration L = Duration.ofSeconds(60);
    private static final String TASK = "ingest:orders; drop table 'x' -- %s \u2713";

    final SettableHost host = new SettableHost();
    private Store store;
    private ControlTable a;
    private ControlTable b;

    abstract Store newStore();

    @BeforeEach
    void twoPods() {
        store = newStore();
        a = pod("a", host);
        b = pod("b", host);
    }

    @Test
    void anUnknownTaskIsDue() {
        assertThat(a.isDue(TASK)).isTrue();
        assertThat(a.rows()).isEmpty();
        assertThat(store.list("_freshet/layout", ""))
                .as("asking creates nothing")
                .isEmpty();
    }

    @Test
    void aClaimSucceedsAndTheSecondClaimFails() {
        Lease lease = claim(a);
        assertThat(b.tryClaim(TASK, L))
                .isEqualTo(new HeldBy("a", a.pod().instanceId(), lease.row().claimedAt()));
        assertThat(a.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
        assertThat(b.isDue(TASK)).isFalse();
        assertThat(b.row(TASK)).contains(lease.row());
    }

    @Test
    void afterAReleaseForAnHourItIsNotDue() {
        Lease lease = claim(a);
        Released released = (Released) a.release(lease, Duration.ofHours(1));
        assertThat(released.row().nextRunAt()).isEqualTo(host.now().plus(Duration.ofHours(1)));
        assertThat(b.isDue(TASK)).isFalse();
        assertThat(b.tryClaim(TASK, L)).isEqualTo(new NotDue(released.row().nextRunAt()));
        host.pass(Duration.ofHours(1));
        assertThat(b.isDue(TASK)).isTrue();
        assertThat(b.tryClaim(TASK, L)).isInstanceOf(Granted.class);
    }

    @Test
    void afterAReleaseForZeroSecondsItIsDueAndClaimableAgainAndReleasableOnFailure() {
        Lease first = claim(a);
        host.pass(Duration.ofMillis(1));
        assertThat(a.release(first, Duration.ZERO)).isInstanceOf(Released.class);
        assertThat(b.isDue(TASK)).isTrue();
        Lease second = claim(b);
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertThat(b.releaseOnFailure(second)).isInstanceOf(Released.class);
        assertThat(a.isDue(TASK)).isTrue();
        Lease third = claim(a);
        assertThat(third.row().dueAt())
                .as("a retry keeps its due time")
                .isEqualTo(second.row().dueAt());
        assertThat(third.row().attempt()).isEqualTo(2);
    }

    @Test
    void twoTasksAreClaimedAndReleasedIndependently() {
        Lease mine = claim(a);
        Lease other = ((Granted) b.tryClaim("rollup:daily", L)).lease();
        assertThat(a.release(mine, L)).isInstanceOf(Released.class);
        assertThat(a.tryClaim("rollup:daily", L)).isInstanceOf(HeldBy.class);
        assertThat(b.release(other, L)).isInstanceOf(Released.class);
        assertThat(a.rows()).hasSize(2).allMatch(row -> !row.isProcessing());
    }

    @Test
    void aRenewedLeaseNeverExpires() {
        Lease lease = claim(a);
        for (int quarter = 0; quarter < 12; quarter++) {
            b.rows();
            host.pass(L.dividedBy(4));
            lease = ((RenewOutcome.Renewed) a.renew(lease)).lease();
            assertThat(b.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
        }
        assertThat(lease.row().heartbeat()).isEqualTo(12);
    }

    @Test
    void anExpiredLeaseIsReclaimedAndTheFormerHolderIsRefusedEverywhere() {
        Lease former = claim(a);
        b.rows();
        host.pass(L);
        Lease lease = ((Granted) b.tryClaim(TASK, L)).lease();
        assertThat(lease.reclaimed()).isTrue();
        assertThat(lease.former()).contains(former.row());
        assertThat(lease.fence()).isGreaterThan(former.fence());
        assertThat(a.renew(former)).isEqualTo(new RenewOutcome.LeaseLost());
        assertThat(a.release(former, L)).isEqualTo(new LeaseLost());
        assertThat(a.releaseOnFailure(former)).isEqualTo(new LeaseLost());
        assertThat(a.row(TASK)).contains(lease.row());
    }

    @Test
    void anEvictedHolderIsRefusedEverywhereThoughItsLeaseRunsOn() {
        Lease former = claim(a);
        Eviction eviction = new Eviction(former.token(), "ann@desk");
        Lease lease = ((Granted) b.claim(new Claim(TASK, L, (row, _) -> row, eviction))).lease();
        assertThat(lease.fence()).isGreaterThan(former.fence());
        assertThat(a.renew(former)).isEqualTo(new RenewOutcome.LeaseLost());
        assertThat(a.release(former, L)).isEqualTo(new LeaseLost());
        assertThat(a.releaseOnFailure(former)).isEqualTo(new LeaseLost());
        assertThat(a.row(TASK)).contains(lease.row());
    }

    @Test
    void oneReadIsNotEnoughToCallALeaseExpired() {
        claim(a);
        host.pass(L.multipliedBy(100));
        assertThat(b.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
        host.pass(L);
        assertThat(b.tryClaim(TASK, L)).isInstanceOf(Granted.class);
    }

    @Test
    void wrongClocksCauseNeitherADoubleRunNorAnEarlyReclaim() {
        ControlTable ahead = pod("ahead", host.skewed(Duration.ofMinutes(10)));
        SettableHost jumping = host.skewed(Duration.ofMinutes(-10));
        ControlTable behind = pod("behind", jumping);
        Lease lease = claim(ahead);
        for (int quarter = 0; quarter < 8; quarter++) {
            assertThat(behind.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
            host.pass(L.dividedBy(4));
            jumping.jump(Duration.ofMinutes(quarter % 2 == 0 ? 60 : -60));
            lease = ((RenewOutcome.Renewed) ahead.renew(lease)).lease();
        }
        assertThat(behind.rows()).hasSize(1);
        host.pass(L.minusNanos(1));
        assertThat(behind.tryClaim(TASK, L)).isInstanceOf(HeldBy.class);
        host.pass(Duration.ofNanos(1));
        assertThat(behind.tryClaim(TASK, L)).isInstanceOf(Granted.class);
    }

    @Test
    void dueTimesMoveForwardThoughClocksDoNot() {
        ControlTable behind = pod("behind", host.skewed(Duration.ofMinutes(-10)));
        Lease lease = claim(a);
        host.pass(L);
        a.release(lease, Duration.ZERO);
        host.pass(Duration.ofMinutes(11));
        Lease second = ((Granted) behind.tryClaim(TASK, L)).lease();
        Released released = (Released) behind.release(second, Duration.ofMinutes(-30));
        assertThat(released.row().nextRunAt()).isAfter(second.row().dueAt());
    }

    @Test
    void aRequestRunsATaskThatIsNotDueAndEndsWithIt() {
        a.release(claim(a), Duration.ofHours(1));
        Edited requested = (Edited) b.request(TASK);
        assertThat(a.isDue(TASK)).isTrue();
        Lease lease = claim(a);
        assertThat(lease.row().servingRequest()).isEqualTo(requested.row().requestedAt());
        Edited during = (Edited) b.request(TASK);
        assertThat(during.row().requestedAt()).isAfter(requested.row().requestedAt());
        a.release(lease, Duration.ofHours(1));
        Lease again = claim(b);
        assertThat(again.row().servingRequest()).isEqualTo(during.row().requestedAt());
        b.release(again, Duration.ofHours(1));
        assertThat(a.isDue(TASK)).isFalse();
    }

    @Test
    void aDatasetHasOneOwnerUntilThatScheduleIsGone() {
        assertThat(a.own(TASK, "first", _ -> true)).isInstanceOf(OwnOutcome.Owned.class);
        assertThat(b.own(TASK, "second", _ -> true)).isEqualTo(new OwnOutcome.OwnedBy("first"));
        assertThat(a.own(TASK, "first", _ -> true)).isInstanceOf(OwnOutcome.Owned.class);
        assertThat(b.own(TASK, "second", "second"::equals)).isInstanceOf(OwnOutcome.Owned.class);
        assertThat(a.row(TASK).orElseThrow().scheduleId()).isEqualTo("second");
    }

    @Test
    void everythingInAPlanIsOneCommit() {
        Lease kept = claim(a);
        Lease done = ((Granted) a.tryClaim("done", L)).lease();
        int commits = commits();
        TickOutcome outcome = a.tick(new TickPlan(
                List.of(new Claim("new", L, ClaimTerms.whenDue("new", host))),
                List.of(kept),
                List.of(new Release(done, row -> row)),
                List.of(Edit.request("asked", host))));
        assertThat(outcome.claim("new")).isInstanceOf(Granted.class);
        assertThat(outcome.renewal(TASK)).isInstanceOf(RenewOutcome.Renewed.class);
        assertThat(outcome.release("done")).isInstanceOf(Released.class);
        assertThat(outcome.editsApplied()).isTrue();
        assertThat(outcome.tries()).isEqualTo(1);
        assertThat(commits()).isEqualTo(commits + 1);
        assertThat(b.rows()).hasSize(4);
    }

    @Test
    void aPlanThatComesToNothingCommitsNothing() {
        claim(a);
        int commits = commits();
        b.tryClaim(TASK, L);
        b.isDue(TASK);
        b.tick(new TickPlan(List.of(), List.of(), List.of(), List.of()));
        assertThat(commits()).isEqualTo(commits);
    }

    @Test
    void rowsReadBackAreTheRowsWritten() {
        Lease lease = claim(a);
        TaskRow full = lease.row()
                .with()
                .retryAt(host.now().plusSeconds(1))
                .missedFrom(host.now().minusSeconds(2))
                .missedTo(host.now().minusSeconds(1))
                .scheduleId("orders")
                .enabled(false)
                .definitionVersion(4L)
                .lastRunAt(host.now())
                .lastOutcome("failed")
                .lastError("\u00fcber")
                .lastRows(5L)
                .lastBytes(6L)
                .runCount(7)
                .failureCount(8)
                .missedCount(9)
                .skippedCount(10)
                .build();
        Released released = (Released) a.release(lease, _ -> full);
        assertThat(released.row()).isEqualTo(full);
        assertThat(pod("c", host).rows()).containsExactly(full);
    }

    @Test
    void aTableMadeAnewHasHigherFences() {
        Lease before = claim(a);
        for (String folder : List.of(ControlTable.PATH, ControlTable.PATH + "/_delta_log")) {
            store.list(folder, "").forEach(object -> store.delete(object.key()));
        }
        ControlTable later = pod("later", host);
        Lease after = claim(later);
        assertThat(after.fence().epoch()).isGreaterThan(before.fence().epoch());
        assertThat(after.fence()).isGreaterThan(before.fence());
    }

    ControlTable pod(String id, SettableHost itsHost) {
        return new ControlTable(store, itsHost, Pod.named(id, itsHost));
    }

    private Lease claim(ControlTable pod) {
        LeaseOutcome outcome = pod.tryClaim(TASK, L);
        assertThat(outcome).isInstanceOf(Granted.class);
        return ((Granted) outcome).lease();
    }

    private int commits() {
        return (int) store.list(ControlTable.PATH + "/_delta_log", "").stream()
                .filter(object -> object.name().endsWith(".json"))
                .count();
    }
}
