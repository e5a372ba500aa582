package dev.freshet.control;

import static dev.freshet.control.RowsForTests.LEASE;
import static dev.freshet.control.RowsForTests.heldByThem;
import static dev.freshet.control.RowsForTests.idle;
import static dev.freshet.control.RowsForTests.leaseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Lease lease = leaseOf(heldByThem().build());

    @Test
    void aHolderStopsCommittingWhenFourFifthsHavePassedSinceItSentItsRenewal() {
        long limit = Duration.ofSeconds(48).toNanos();
        assertThat(lease.mayCommit(limit - 1)).isTrue();
        assertThat(lease.mayCommit(limit)).isFalse();
        assertThat(lease.renewed(lease.row(), 1).mayCommit(limit)).isTrue();
    }

    @Test
    void aLeaseIsRenewedEachQuarterOfItsLength() {
        assertThat(lease.isRenewalDue(Duration.ofSeconds(15).toNanos() - 1)).isFalse();
        assertThat(lease.isRenewalDue(Duration.ofSeconds(15).toNanos())).isTrue();
    }

    @Test
    void aStrayLeaseIsGoodForAReleaseOnly() {
        Lease stray = Lease.stray(heldByThem().build(), 5);
        assertThat(stray.mayCommit(5)).isFalse();
        assertThat(stray.token()).isEqualTo("theirs");
        assertThat(stray.length()).isEqualTo(LEASE);
        assertThatThrownBy(() -> Lease.stray(idle().build(), 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
