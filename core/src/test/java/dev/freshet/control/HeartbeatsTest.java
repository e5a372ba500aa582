package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.RenewOutcome.Renewed;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final Duration L = Duration.ofSeconds(60);

    private final SettableHost host = new SettableHost();
    private final Store store = new MemoryStore(host);
    private final ControlTable a = new ControlTable(store, host, Pod.named("a", host));
    private final ControlTable b = new ControlTable(store, host, Pod.named("b", host));

    @Test
    void aClaimIsTheFirstSignOfLife() {
        Instant claimed = host.now();
        claim();
        othersCommit(5);
        assertThat(b.heartbeats()).containsOnlyKeys("ingest:orders");
        assertThat(heartbeat()).isEqualTo(new Heartbeat(claimed.truncatedTo(ChronoUnit.MILLIS), true));
    }

    @Test
    void theLastRenewalIsFoundHoweverManyCommitsFollowed() {
        Lease lease = claim();
        othersCommit(7);
        lease = ((Renewed) a.renew(lease)).lease();
        othersCommit(9);
        Instant renewed = host.now();
        assertThat(a.renew(lease)).isInstanceOf(Renewed.class);
        othersCommit(23);
        assertThat(heartbeat()).isEqualTo(new Heartbeat(renewed.truncatedTo(ChronoUnit.MILLIS), true));
        assertThat(Duration.between(heartbeat().at(), host.now())).isEqualTo(Duration.ofSeconds(23));
    }

    @Test
    void whereTheLogDoesNotGoBackFarEnoughTheAgeIsALowerBound() {
        claim();
        othersCommit(10);
        b.rows();
        for (int version = 0; version < 6; version++) {
            store.delete("%s/_delta_log/%020d.json".formatted(ControlTable.PATH, version));
        }
        Instant oldestThatIsKnown = host.now();
        host.pass(L);
        assertThat(heartbeat()).isEqualTo(new Heartbeat(oldestThatIsKnown.truncatedTo(ChronoUnit.MILLIS), false));
    }

    @Test
    void whatNobodyHoldsHasNoHeartbeat() {
        assertThat(b.heartbeats()).isEmpty();
        a.release(claim(), L);
        assertThat(b.heartbeats()).isEmpty();
    }

    private Lease claim() {
        return ((Granted) a.tryClaim("ingest:orders", L)).lease();
    }

    private Heartbeat heartbeat() {
        return b.heartbeats().get("ingest:orders");
    }

    private void othersCommit(int times) {
        for (int i = 0; i < times; i++) {
            host.pass(Duration.ofSeconds(1));
            b.request("ingest:other");
        }
    }
}
