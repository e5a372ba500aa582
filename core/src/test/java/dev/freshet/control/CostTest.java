package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.host.SettableHost;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CostTest {
    private final SettableHost host = new SettableHost();
    private final Map<InterceptedStore.Operation, Integer> counts = new EnumMap<>(InterceptedStore.Operation.class);
    private final InterceptedStore store = new InterceptedStore(new MemoryStore(host)) {
        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            counts.merge(operation, 1, Integer::sum);
            return action.get();
        }
    };
    private final ControlTable table = new ControlTable(store, new OneThreadHost(host), Pod.named("a", host));

    @Test
    void aClaimWritesOneFileAndOneCommitAndListsNothing() {
        claimAndRelease();
        counts.clear();
        table.tryClaim("ingest:orders", Duration.ofSeconds(60));
        assertThat(counts)
                .containsEntry(InterceptedStore.Operation.FINISH, 1)
                .containsEntry(InterceptedStore.Operation.PUT, 1)
                .doesNotContainKey(InterceptedStore.Operation.LIST)
                .hasEntrySatisfying(
                        InterceptedStore.Operation.READ,
                        reads -> assertThat(reads).isLessThan(5));
    }

    @Test
    void aClaimCostsTheSameHoweverLongTheHistory() {
        claimAndRelease();
        counts.clear();
        claimAndRelease();
        Map<InterceptedStore.Operation, Integer> early = Map.copyOf(counts);
        for (int i = 0; i < 60; i++) {
            claimAndRelease();
        }
        counts.clear();
        claimAndRelease();
        assertThat(counts).isEqualTo(early);
    }

    @Test
    void whoSeesNothingNewReadsNoRows() {
        claimAndRelease();
        table.rows();
        counts.clear();
        table.rows();
        assertThat(counts.keySet()).containsOnly(InterceptedStore.Operation.READ);
        assertThat(counts.get(InterceptedStore.Operation.READ)).isLessThan(3);
    }

    private void claimAndRelease() {
        Lease lease = ((Granted) table.tryClaim("ingest:orders", Duration.ofSeconds(60))).lease();
        host.pass(Duration.ofMillis(1));
        table.release(lease, Duration.ZERO);
    }
}
