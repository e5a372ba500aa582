package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Slots give numbers that nobody else makes, and are used again.
@Timeout(120)
class SlotTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final EventLake lake = new EventLake(2);
    private final Set<String> numbers = new HashSet<>();

    private Slot slot(int most, String... dead) {
        return new Slot(control("pod"), lake.host, LEASE, most, List.of(dead));
    }

    private ControlTable control(String pod) {
        return new ControlTable(lake.store, lake.host, Pod.named(pod, lake.host));
    }

    private Intent number(Slot slot) {
        Intent intent = slot.intent(List.of(), 0);
        assertThat(numbers.add(intent.lane() + " " + intent.number()))
                .as("%s is new", intent)
                .isTrue();
        return intent;
    }

    @Test
    void numbersOfAClaimAreItsFenceTimesAMillionAndACount() {
        Slot slot = slot(8);
        Intent first = number(slot);
        assertThat(first.lane()).isEqualTo("lane:0");
        assertThat(first.number() >> 20)
                .isEqualTo(lake.slots().getFirst().fence().version());
        assertThat(number(slot).number()).isEqualTo(first.number() + 1);
    }

    @Test
    void aHundredRestartsThatEndInOrderTakeOneSlot() {
        for (int i = 0; i < 100; i++) {
            Slot slot = slot(8);
            assertThat(number(slot).lane()).isEqualTo("lane:0");
            slot.release();
        }
        assertThat(lake.slots()).hasSize(1);
    }

    @Test
    void processesThatAreKilledAgainAndAgainTakeNoMoreSlotsThanThereMayBe() {
        for (int i = 0; i < 60; i++) {
            number(slot(8));
        }
        assertThat(lake.slots()).hasSize(8);
    }

    @Test
    void theSlotOfAProcessThatIsCertainlyDeadIsFreeAtOnce() {
        ControlTable dead = control("dead");
        number(new Slot(dead, lake.host, LEASE, 8, List.of()));
        long before = lake.host.nanos();
        assertThat(number(slot(8, dead.pod().instanceId())).lane()).isEqualTo("lane:0");
        assertThat(Duration.ofNanos(lake.host.nanos() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(lake.slots()).hasSize(1);
    }

    @Test
    void aSlotThatNobodyTookMeanwhileIsKeptHoweverLongItWasIdle() {
        Slot slot = slot(8);
        Intent first = number(slot);
        lake.host.pass(Duration.ofHours(5));
        assertThat(number(slot).number()).isEqualTo(first.number() + 1);
    }

    @Test
    void aSlotThatWasTakenIsReplacedByAnother() throws Exception {
        Slot slot = slot(1);
        Intent first = number(slot);
        Slot other = slot(1);
        Intent theirs = number(other);
        assertThat(theirs.number()).as("a higher fence").isGreaterThan(first.number());
        assertThatThrownBy(() -> renewingInThe(slot, other))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("all 1 slots of recorders are held");
    }

    /// While the other is alive and renews, one slot is not enough for two.
    private void renewingInThe(Slot slot, Slot other) {
        boolean[] end = new boolean[1];
        var _ = lake.host.start("other", () -> {
            try {
                while (!end[0]) {
                    number(other);
                    lake.host.sleep(Duration.ofSeconds(10));
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        try {
            lake.host.pass(LEASE.dividedBy(2));
            number(slot);
        } finally {
            end[0] = true;
        }
    }

    @Test
    void anIntentOfTheClaimAsItIsIsUsedAgainAndAnEarlierOneIsNot() {
        Slot slot = slot(8);
        Intent first = slot.intent(List.of(), 5);
        assertThat(slot.intent(List.of(first), 9)).isEqualTo(first);
        slot.release();
        Intent second = slot.intent(List.of(first), 9);
        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(second.since()).isEqualTo(9);
    }
}
