package dev.freshet.control;

import static dev.freshet.control.RowsForTests.LEASE;
import static dev.freshet.control.RowsForTests.NOW;
import static dev.freshet.control.RowsForTests.heldByThem;
import static dev.freshet.control.RowsForTests.idle;
import static dev.freshet.control.RowsForTests.leaseOf;
import static dev.freshet.control.RowsForTests.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.EditOutcome.Edited;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.LeaseOutcome.HeldBy;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.control.RenewOutcome.Renewed;
import dev.freshet.host.SettableHost;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TickTest {
    private final SettableHost host = new SettableHost();
    private final TaskRow held = heldByThem().build();
    private final TaskRow stays = row("c");

    TickTest() {
        host.jump(Duration.between(host.now(), NOW));
    }

    @Test
    void claimsRenewalsReleasesAndEditsGoTogether() {
        TaskRow renewed = held("a");
        TaskRow released = held("b");
        Rows before = Rows.of(List.of(renewed, released, stays, row("d"), row("e")));
        TickPlan plan = new TickPlan(
                List.of(claim("d")),
                List.of(leaseOf(renewed)),
                List.of(new Release(leaseOf(released), row -> row)),
                List.of(Edit.request("e", host)));
        Tick tick = Tick.decide(plan, before, now());
        TickOutcome outcome = tick.outcome(1);
        assertThat(tick.changed()).isTrue();
        assertThat(outcome.renewal("a")).isInstanceOf(Renewed.class);
        assertThat(outcome.release("b")).isInstanceOf(Released.class);
        assertThat(outcome.claim("d")).isInstanceOf(Granted.class);
        assertThat(outcome.edit("e")).isInstanceOf(Edited.class);
        assertThat(tick.rows().list().stream().map(TaskRow::task)).containsExactly("a", "b", "c", "d", "e");
        assertThat(tick.rows().of("a").orElseThrow().heartbeat()).isEqualTo(4);
        assertThat(tick.rows().of("b").orElseThrow().status()).isEqualTo(TaskStatus.IDLE);
        assertThat(tick.rows().of("c")).contains(stays);
        assertThat(tick.rows().of("d").orElseThrow().status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(tick.rows().of("e").orElseThrow().requestedAt()).isEqualTo(NOW);
    }

    @Test
    void aTaskMayBeReleasedAndClaimedInOneTick() {
        TickPlan plan = new TickPlan(
                List.of(claim(held.task())), List.of(), List.of(new Release(leaseOf(held), row -> row)), List.of());
        Tick tick = Tick.decide(plan, Rows.of(List.of(held)), now());
        assertThat(tick.outcome(1).claim(held.task())).isInstanceOf(Granted.class);
    }

    @Test
    void outcomesComeInTheOrderOfThePlanInEveryProcess() {
        List<String> tasks =
                Stream.iterate(20, i -> i - 1).limit(20).map(i -> "task " + i).toList();
        TickPlan plan = new TickPlan(tasks.stream().map(this::claim).toList(), List.of(), List.of(), List.of());
        TickOutcome outcome = Tick.decide(plan, Rows.none(), now()).outcome(1);
        assertThat(outcome.claims().keySet()).containsExactlyElementsOf(tasks);
    }

    @Test
    void aPlanThatComesToNothingChangesNothing() {
        Rows before = Rows.of(List.of(held));
        Tick tick = Tick.decide(TickPlan.claim(claim(held.task())), before, now());
        assertThat(tick.changed()).isFalse();
        assertThat(tick.outcome(1).claim(held.task())).isInstanceOf(HeldBy.class);
        assertThat(tick.rows()).isSameAs(before);
    }

    @Test
    void whenTheStoreIsSilentRefusalsStandAndSuccessesAreUnknown() {
        TaskRow mine = held("mine");
        TickPlan plan = new TickPlan(
                List.of(claim("new"), claim(held.task())),
                List.of(leaseOf(mine), leaseOf(row("gone"))),
                List.of(),
                List.of(Edit.request("new", host)));
        TickOutcome outcome =
                Tick.decide(plan, Rows.of(List.of(held, mine)), now()).unknown("silent", 1);
        assertThat(outcome.claim("new")).isEqualTo(new LeaseOutcome.Unknown("silent"));
        assertThat(outcome.claim(held.task())).isInstanceOf(HeldBy.class);
        assertThat(outcome.renewal("mine")).isEqualTo(new RenewOutcome.Unknown("silent"));
        assertThat(outcome.renewal("gone")).isEqualTo(new RenewOutcome.LeaseLost());
        assertThat(outcome.editsApplied()).isFalse();
    }

    @Test
    void aRenewalOfALostLeaseWritesNothing() {
        TaskRow taken = held.with().token("another").build();
        Tick tick = Tick.decide(TickPlan.renew(leaseOf(held)), Rows.of(List.of(taken)), now());
        assertThat(tick.outcome(1).renewal(held.task())).isEqualTo(new RenewOutcome.LeaseLost());
        assertThat(tick.changed()).isFalse();
    }

    @Test
    void aRenewedLeaseCountsFromBeforeItsRenewalWasSent() {
        Tick tick = Tick.decide(TickPlan.renew(leaseOf(held)), Rows.of(List.of(held)), now());
        Lease lease = ((Renewed) tick.outcome(1).renewal(held.task())).lease();
        assertThat(lease.sentNanos()).isEqualTo(now().nanos());
        assertThat(lease.token()).isEqualTo(held.token());
        assertThat(lease.fence()).isEqualTo(new Fence(1, 3));
    }

    @Test
    void anEditTouchesNoLease() {
        Edit edit = new Edit(
                held.task(),
                row -> Optional.of(row.orElseThrow()
                        .with()
                        .status(TaskStatus.IDLE)
                        .token("forged")
                        .fence(new Fence(9, 9))
                        .heartbeat(99)
                        .scheduleId("orders")
                        .build()));
        Tick tick = Tick.decide(TickPlan.edit(edit), Rows.of(List.of(held)), now());
        assertThat(tick.rows().of(held.task()))
                .contains(held.with().scheduleId("orders").build());
    }

    @Test
    void anEditThatWantsNothingWritesNothing() {
        for (Optional<TaskRow> wish : List.of(Optional.<TaskRow>empty(), Optional.of(held))) {
            Tick tick = Tick.decide(TickPlan.edit(new Edit(held.task(), _ -> wish)), Rows.of(List.of(held)), now());
            assertThat(tick.changed()).isFalse();
            assertThat(tick.outcome(1).edit(held.task())).isEqualTo(new EditOutcome.Unchanged());
        }
    }

    @Test
    void aNewRequestIsLaterThanEveryEarlierOneWhateverTheClockSays() {
        Instant future = NOW.plusSeconds(600);
        TaskRow pending = idle().requestedAt(future).build();
        TaskRow serving = held.with().requestedAt(future).servingRequest(future).build();
        TaskRow served = idle().servingRequest(future).build();
        for (TaskRow row : Stream.of(pending, serving, served).toList()) {
            Tick tick = Tick.decide(TickPlan.edit(Edit.request(row.task(), host)), Rows.of(List.of(row)), now());
            assertThat(tick.rows().of(row.task()).orElseThrow().requestedAt()).isAfter(future);
        }
    }

    @Test
    void aFreeOrAbandonedDatasetIsOwnedByWhoAsksAndAnyOtherIsNot() {
        TaskRow owned = idle().scheduleId("first").build();
        assertThat(ownerAfter(idle().build(), "second", true)).isEqualTo("second");
        assertThat(ownerAfter(owned, "second", true)).isEqualTo("first");
        assertThat(ownerAfter(owned, "second", false)).isEqualTo("second");
        assertThat(ownerAfter(owned, "first", true)).isEqualTo("first");
    }

    @Test
    void oneTaskCannotBeClaimedTwiceInOneTick() {
        assertThatThrownBy(() -> new TickPlan(List.of(claim("a"), claim("a")), List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a");
    }

    private String ownerAfter(TaskRow row, String scheduleId, boolean exists) {
        Edit edit = Ownership.of(row.task(), scheduleId, _ -> exists, host);
        Tick tick = Tick.decide(TickPlan.edit(edit), Rows.of(List.of(row)), now());
        return String.valueOf(tick.rows().of(row.task()).orElseThrow().scheduleId());
    }

    private Claim claim(String task) {
        return new Claim(task, LEASE, ClaimTerms.whenDue(task, host));
    }

    private static TaskRow row(String task) {
        return idle(task).build();
    }

    private static TaskRow held(String task) {
        return heldByThem(task).build();
    }
}
