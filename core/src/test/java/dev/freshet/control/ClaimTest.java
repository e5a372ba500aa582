package dev.freshet.control;

import static dev.freshet.control.RowsForTests.LEASE;
import static dev.freshet.control.RowsForTests.NOW;
import static dev.freshet.control.RowsForTests.US;
import static dev.freshet.control.RowsForTests.at;
import static dev.freshet.control.RowsForTests.heldByThem;
import static dev.freshet.control.RowsForTests.idle;
import static dev.freshet.control.RowsForTests.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.LeaseOutcome.NotDue;
import dev.freshet.host.SettableHost;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private final SettableHost host = new SettableHost();
    private final Claim claim = new Claim("ingest:orders", LEASE, ClaimTerms.whenDue("ingest:orders", host));

    ClaimTest() {
        host.jump(Duration.between(host.now(), NOW));
    }

    @Test
    void aTaskWithoutARowIsCreatedInTheHandsOfItsClaimer() {
        Lease lease = granted(claim.on(Optional.empty(), now()));
        assertThat(lease.former()).isEmpty();
        assertThat(lease.reclaimed()).isFalse();
        assertThat(lease.row().status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(lease.row().nextRunAt()).isEqualTo(NOW);
        assertThat(lease.row().dueAt()).isEqualTo(NOW);
        assertThat(lease.row().attempt()).isEqualTo(1);
    }

    @Test
    void aDueTaskIsGrantedAndItsRowSaysToWhom() {
        TaskRow row = idle().nextRunAt(NOW).completedAt(NOW.minusSeconds(9)).build();
        Lease lease = granted(claim.on(Optional.of(row), now()));
        assertThat(lease.row())
                .isEqualTo(row.with()
                        .status(TaskStatus.PROCESSING)
                        .podId(US.id())
                        .instanceId(US.instanceId())
                        .claimedAt(NOW)
                        .completedAt(null)
                        .token("token")
                        .heartbeat(0)
                        .fence(new Fence(1, 7))
                        .lease(LEASE)
                        .attempt(1)
                        .dueAt(NOW)
                        .build());
        assertThat(lease.former()).contains(row);
        assertThat(lease.sentNanos()).isEqualTo(1_000);
    }

    @Test
    void aTaskWhoseTimeHasNotComeIsNotGranted() {
        TaskRow row = idle().nextRunAt(NOW.plusMillis(1)).build();
        assertThat(claim.on(Optional.of(row), now())).isEqualTo(Verdict.leave(new NotDue(NOW.plusMillis(1))));
    }

    @Test
    void aRetryWaitsForItsTimeAndKeepsTheDueTime() {
        Instant due = NOW.minusSeconds(100);
        TaskRow row = idle().nextRunAt(due)
                .dueAt(due)
                .attempt(1)
                .retryAt(NOW.plusSeconds(1))
                .build();
        assertThat(claim.on(Optional.of(row), now()).outcome()).isEqualTo(new NotDue(NOW.plusSeconds(1)));
        host.pass(Duration.ofSeconds(1));
        Lease lease = granted(claim.on(Optional.of(row), at(NOW.plusSeconds(1), false)));
        assertThat(lease.row().dueAt()).isEqualTo(due);
        assertThat(lease.row().nextRunAt()).isEqualTo(due);
        assertThat(lease.row().attempt()).isEqualTo(2);
    }

    @Test
    void aDisabledTaskIsNotGrantedHoweverDue() {
        TaskRow row = idle().enabled(false).build();
        assertThat(claim.on(Optional.of(row), now()).outcome()).isInstanceOf(NotDue.class);
    }

    @Test
    void aRequestIsGrantedWhetherDueOrNotEnabledOrNot() {
        Instant request = NOW.minusSeconds(1);
        TaskRow row = idle().nextRunAt(NOW.plusSeconds(900))
                .enabled(false)
                .requestedAt(request)
                .build();
        Lease lease = granted(claim.on(Optional.of(row), now()));
        assertThat(lease.row().servingRequest()).isEqualTo(request);
        assertThat(lease.row().requestedAt()).isEqualTo(request);
        assertThat(lease.row().dueAt()).isNull();
        assertThat(lease.row().nextRunAt()).isEqualTo(NOW.plusSeconds(900));
    }

    @Test
    void aDueRunServesAPendingRequestToo() {
        TaskRow row = idle().nextRunAt(NOW).requestedAt(NOW.minusSeconds(1)).build();
        Lease lease = granted(claim.on(Optional.of(row), now()));
        assertThat(lease.row().servingRequest()).isEqualTo(NOW.minusSeconds(1));
        assertThat(lease.row().dueAt()).isEqualTo(NOW);
    }

    @Test
    void aHeldTaskIsNotGrantedAndItsHolderIsNamed() {
        assertThat(claim.on(Optional.of(heldByThem().build()), now()))
                .isEqualTo(Verdict.leave(new HeldBy("them", "22", NOW.minusSeconds(30))));
    }

    @Test
    void aHeldTaskIsNotGrantedByAnyDistanceOfClocks() {
        TaskRow row = heldByThem().claimedAt(NOW.minus(Duration.ofDays(9))).build();
        assertThat(claim.on(Optional.of(row), now()).outcome()).isInstanceOf(HeldBy.class);
    }

    @Test
    void anExpiredLeaseIsAlwaysReclaimedAndTheFormerRowIsKeptForSettling() {
        TaskRow row = heldByThem().nextRunAt(NOW.plusSeconds(900)).build();
        Lease lease = granted(claim.on(Optional.of(row), at(NOW, true)));
        assertThat(lease.reclaimed()).isTrue();
        assertThat(lease.former()).contains(row);
        assertThat(lease.token()).isEqualTo("token");
        assertThat(lease.row().dueAt()).isEqualTo(row.dueAt());
        assertThat(lease.row().attempt()).isEqualTo(row.attempt());
    }

    @Test
    void theTermsDecideWhatTheRowSaysButNotWhoHoldsIt() {
        ClaimTerms terms = (newest, reclaim) -> Optional.of(newest.orElseThrow()
                .with()
                .missedFrom(NOW.minusSeconds(60))
                .podId("somebody")
                .token("forged")
                .build());
        Lease lease = granted(new Claim("ingest:orders", LEASE, terms).on(Optional.of(idle().build()), now()));
        assertThat(lease.row().missedFrom()).isEqualTo(NOW.minusSeconds(60));
        assertThat(lease.row().podId()).isEqualTo(US.id());
        assertThat(lease.row().token()).isEqualTo("token");
    }

    @Test
    void anEvictionTakesALivingHoldersTaskLikeOneThatExpired() {
        TaskRow held = heldByThem().build();
        Claim eviction = new Claim(
                "ingest:orders", LEASE, (row, _) -> row, new Eviction(String.valueOf(held.token()), "ann@desk"));
        Lease lease = granted(eviction.on(Optional.of(held), now()));
        assertThat(lease.reclaimed()).isTrue();
        assertThat(lease.former()).contains(held);
        assertThat(lease.token()).isNotEqualTo(held.token());
        assertThat(lease.fence()).isGreaterThan(held.fence());
        assertThat(lease.eviction()).isEqualTo(eviction.eviction());
    }

    @Test
    void anEvictionIsForOneHolderOnly() {
        Claim eviction = new Claim("ingest:orders", LEASE, (row, _) -> row, new Eviction("another's", "ann@desk"));
        assertThat(eviction.on(Optional.of(heldByThem().build()), now()).outcome())
                .isInstanceOf(HeldBy.class);
    }

    private static Lease granted(Verdict<LeaseOutcome> verdict) {
        assertThat(verdict.outcome()).isInstanceOf(Granted.class);
        Lease lease = ((Granted) verdict.outcome()).lease();
        assertThat(verdict.row()).contains(lease.row());
        return lease;
    }
}
