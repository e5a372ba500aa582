package dev.freshet.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);

    @Test
    void everyEpochIsAboveAllEarlierOnes() {
        assertThat(Layout.open(lake, host).takeEpoch()).isEqualTo(0);
        assertThat(Layout.open(lake, host).takeEpoch()).isEqualTo(1);
        assertThat(lake.list(Layout.FOLDER, "")).hasSize(2);
    }

    @Test
    void anEpochIsNeverTakenTwiceThoughRepliesAreLost() {
        FaultyStore faulty = new FaultyStore(lake, host, new Random(3), new Faults(0, 0.4, 0, 0, Duration.ZERO));
        Layout layout = Layout.open(faulty, host);
        long last = -1;
        for (int i = 0; i < 30; i++) {
            try {
                long epoch = layout.takeEpoch();
                assertThat(epoch).isGreaterThan(last);
                last = epoch;
            } catch (FreshetException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE);
            }
        }
        assertThat(last).isPositive();
    }

    @Test
    void aLakeOfANewerFreshetIsRefused() {
        lake.putIfAbsent(Layout.FOLDER + "/0.json", "{\"layout\":3,\"epoch\":0}".getBytes(UTF_8));
        Layout layout = Layout.open(lake, host);
        assertThatThrownBy(layout::requireSupported)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("layout 3");
        assertThatThrownBy(layout::takeEpoch).hasMessageContaining("use a newer Freshet");
        ControlTable table = new ControlTable(lake, host, Pod.named("a", host));
        assertThatThrownBy(table::rows).hasMessageContaining("use a newer Freshet");
        assertThatThrownBy(() -> table.request("ingest:orders")).hasMessageContaining("use a newer Freshet");
        assertThat(lake.folders("_freshet")).containsExactly("layout");
    }

    @Test
    void whoeverRunsWhileANewerFreshetMigratesTheLakeClaimsRenewsAndReleasesNothingMore() {
        ControlTable table = new ControlTable(lake, host, Pod.named("a", host));
        Lease lease = ((LeaseOutcome.Granted) table.tryClaim("ingest:orders", Duration.ofSeconds(60))).lease();
        Layout.open(lake, host).takeEpoch();
        assertThat(table.renew(lease)).isInstanceOf(RenewOutcome.Renewed.class);
        TaskRow before = table.row("ingest:orders").orElseThrow();
        lake.putIfAbsent(Layout.FOLDER + "/2.json", "{\"layout\":3,\"epoch\":0}".getBytes(UTF_8));
        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                () -> table.tryClaim("ingest:customers", Duration.ofSeconds(60)),
                () -> table.renew(lease),
                () -> table.release(lease, Duration.ZERO),
                () -> table.request("ingest:orders"))) {
            assertThatThrownBy(refused)
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                    .hasMessage("the lake has layout 3, this Freshet knows layouts up to 2: use a newer Freshet");
        }
        assertThat(table.rows()).containsExactly(before);
    }

    @Test
    void anOldLakeKeepsItsLayoutUntilItIsMigrated() {
        lake.putIfAbsent(Layout.FOLDER + "/0.json", "{\"layout\":1,\"epoch\":0}".getBytes(UTF_8));
        Layout layout = Layout.open(lake, host);
        assertThat(layout.takeEpoch()).isEqualTo(1);
        assertThat(layout.version()).isEqualTo(1);
        assertThat(layout.migrated()).isEmpty();
    }

    @Test
    void aMigrationIsWrittenDownOnceAndInItsTurn() {
        lake.putIfAbsent(Layout.FOLDER + "/0.json", "{\"layout\":1,\"epoch\":0}".getBytes(UTF_8));
        Layout layout = Layout.open(lake, host);
        assertThatThrownBy(() -> layout.record(3, "too-early")).hasMessage("the lake has layout 1, not 2");
        assertThat(layout.record(2, "first")).isTrue();
        assertThat(layout.record(2, "first")).isFalse();
        assertThat(layout.version()).isEqualTo(2);
        assertThat(layout.migrated()).containsOnlyKeys(2).containsValue(host.now());
        assertThat(layout.takeEpoch()).isEqualTo(2);
        assertThat(layout.version()).isEqualTo(2);
        assertThat(lake.list(Layout.FOLDER, "")).hasSize(3);
    }

    @Test
    void anEmptyLakeIsSupported() {
        Layout.open(lake, host).requireSupported();
        assertThat(lake.list(Layout.FOLDER, "")).isEmpty();
    }
}
