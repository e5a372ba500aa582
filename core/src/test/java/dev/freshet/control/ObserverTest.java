package dev.freshet.control;

import static dev.freshet.control.RowsForTests.LEASE;
import static dev.freshet.control.RowsForTests.heldByThem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long L = LEASE.toNanos();

    private final Observer observer = new Observer(new SettableHost());
    private final TaskRow row = heldByThem().build();

    @Test
    void aRowSeenForTheFirstTimeIsNeverExpired() {
        observer.saw(rows(row), 0, 0);
        assertThat(observer.expired(row)).isFalse();
    }

    @Test
    void aLeaseOfExactlyItsLengthIsExpired() {
        observer.saw(rows(row), 0, 5);
        observer.saw(rows(row), L + 4, L + 4);
        assertThat(observer.expired(row)).isFalse();
        observer.saw(rows(row), L + 5, L + 5);
        assertThat(observer.expired(row)).isTrue();
    }

    @Test
    void timeCountsFromTheEndOfTheFirstReadToTheStartOfTheSecond() {
        observer.saw(rows(row), 0, L);
        observer.saw(rows(row), L + SECOND, 9 * L);
        assertThat(observer.expired(row)).isFalse();
    }

    @Test
    void aHeartbeatStartsTheCountAgain() {
        observer.saw(rows(row), 0, 0);
        TaskRow alive = row.with().heartbeat(4).build();
        observer.saw(rows(alive), L, L);
        assertThat(observer.expired(alive)).isFalse();
        observer.saw(rows(alive), 2 * L - 1, 2 * L - 1);
        assertThat(observer.expired(alive)).isFalse();
        observer.saw(rows(alive), 2 * L, 2 * L);
        assertThat(observer.expired(alive)).isTrue();
    }

    @Test
    void aNewClaimStartsTheCountAgain() {
        observer.saw(rows(row), 0, 0);
        observer.saw(rows(row.with().token("another").build()), L, L);
        assertThat(observer.expired(row)).isFalse();
    }

    @Test
    void theVerdictHoldsForThatStateOfTheRowOnly() {
        observer.saw(rows(row), 0, 0);
        observer.saw(rows(row), L, L);
        assertThat(observer.expired(row)).isTrue();
        assertThat(observer.expired(row.with().heartbeat(4).build())).isFalse();
        assertThat(observer.expired(row.with().token("another").build())).isFalse();
    }

    @Test
    void anIdleTaskIsForgotten() {
        observer.saw(rows(row), 0, 0);
        observer.saw(rows(row.with().status(TaskStatus.IDLE).build()), L, L);
        observer.saw(rows(row), 2 * L, 2 * L);
        assertThat(observer.expired(row)).isFalse();
    }

    @Test
    void noTimeInTheRowIsLookedAt() {
        TaskRow ancient = row.with().claimedAt(Instant.EPOCH).build();
        observer.saw(rows(ancient), 0, 0);
        observer.saw(rows(ancient), SECOND, SECOND);
        assertThat(observer.expired(ancient)).isFalse();
    }

    @Test
    void aRowOfAWriterWithoutLeasesIsGivenHalfAnHour() {
        TaskRow foreign = row.with().token(null).lease(null).build();
        observer.saw(rows(foreign), 0, 0);
        observer.saw(rows(foreign), 29 * L, 29 * L);
        assertThat(observer.expired(foreign)).isFalse();
        observer.saw(rows(foreign), 30 * L, 30 * L);
        assertThat(observer.expired(foreign)).isTrue();
    }

    private static Rows rows(TaskRow row) {
        return Rows.of(List.of(row));
    }
}
