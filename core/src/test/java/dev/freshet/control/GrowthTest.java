package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.store.DyingStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// How the control table stays small in its own life, and how far back it can be read.
class GrowthTest {
    private static final String LOG = ControlTable.PATH + "/_delta_log";
    private static final Duration L = Duration.ofSeconds(6);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ControlUpkeep SHORT = new ControlUpkeep(MINUTE, MINUTE, 10, 20);

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final ControlTable table = pod(lake, "a", SHORT);

    @Test
    void theFolderStaysBoundedHoweverManyCommits() {
        int most = 0;
        for (int i = 0; i < 200; i++) {
            claimAndRelease(table, L);
            most = Math.max(most, files());
        }
        int versions = 60 + 10 + 20;
        assertThat(most)
                .as("a commit, a file of rows, and a tenth for checkpoints")
                .isLessThan(versions * 27 / 10 + 10);
        assertThat(version()).isGreaterThan(400);
        assertThat(pod(lake, "new", SHORT).rows()).isEqualTo(table.rows());
    }

    @Test
    void filesOfClaimsThatLostTheirRaceGoToo() {
        ControlTable other = pod(lake, "b", SHORT);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 150; i++) {
            table.edit(afterwards("late", () -> other.request("busy")));
            host.pass(Duration.ofSeconds(1));
            lake.list(ControlTable.PATH, "").stream().map(StoredObject::key).forEach(seen::add);
        }
        assertThat(seen).hasSizeGreaterThan((int) version() + 100);
        assertThat(files()).isLessThan(600);
    }

    @Test
    void rowsCanBeReadAsTheyWereAsLongAsTheHistoryIsKept() {
        ControlTable historian = pod(lake, "h", new ControlUpkeep(MINUTE, Duration.ofMinutes(5), 10, 20));
        Instant start = host.now();
        for (int i = 0; i < 400; i++) {
            historian.request("task-" + i);
            host.pass(Duration.ofSeconds(1));
        }
        assertThat(historian.rowsAt(150)).hasSize(151);
        assertThat(historian.rowsAt(start.plusSeconds(200).plusMillis(1))).hasSize(201);
        assertThatThrownBy(() -> historian.rowsAt(3))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID))
                .hasMessageContaining("the oldest that is kept is");
        assertThatThrownBy(() -> historian.rowsAt(start))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("the oldest version that is kept is");
    }

    @Test
    void nothingYoungerThanTenOfTheLongestLeasesGoes() {
        Lease longest = ((Granted) table.tryClaim("long", Duration.ofMinutes(1))).lease();
        for (int i = 0; i < 500; i++) {
            table.request("busy");
            host.pass(Duration.ofSeconds(1));
        }
        assertThat(lake.stat(LOG + "/%020d.json".formatted(0))).isPresent();
        assertThat(table.release(longest, row -> row.with().lease(L).build())).isInstanceOf(Released.class);
        for (int i = 0; i < 60; i++) {
            table.request("busy");
            host.pass(Duration.ofSeconds(1));
        }
        assertThat(lake.stat(LOG + "/%020d.json".formatted(0))).isEmpty();
    }

    @Test
    void processesThatDoOneThingAndEndLeaveCheckpointsBehind() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            ControlTable shortLived = new ControlTable(lake, Host.system(), Pod.named("cli-" + i, host), SHORT);
            shortLived.request("task-" + i);
            assertThat(shortLived.finishUpkeep(Duration.ofMinutes(1))).isTrue();
        }
        assertThat(lake.stat(LOG + "/%020d.checkpoint.parquet".formatted(10))).isPresent();
    }

    @Test
    void aClaimDoesNotFailBecauseTheUpkeepDoes() {
        for (int i = 0; i < 45; i++) {
            table.request("busy");
            host.pass(Duration.ofSeconds(10));
        }
        Store noDeletes = new InterceptedStore(lake) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.DELETE) {
                    throw StoreException.refused("permission denied", null);
                }
                return action.get();
            }
        };
        ControlTable poor = pod(noDeletes, "poor", SHORT);
        for (int i = 0; i < 40; i++) {
            claimAndRelease(poor, L);
        }
        assertThat(poor.rows()).hasSize(2);
    }

    @Test
    void killedAnywhereInItsUpkeepAPodLeavesATableThatOthersGoOnWith() {
        EnumSet<InterceptedStore.Operation> upkeep =
                EnumSet.of(InterceptedStore.Operation.HINT, InterceptedStore.Operation.DELETE);
        for (int i = 0; i < 45; i++) {
            claimAndRelease(table, L);
        }
        for (int number = 1; number <= 16; number++) {
            DyingStore dying = new DyingStore(lake, upkeep, number, number % 2 == 0);
            ControlTable doomed = pod(dying, "doomed", SHORT);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            claimAndRelease(doomed, L);
                        }
                    })
                    .isInstanceOf(DyingStore.KilledError.class);
            assertThat(table.rows()).hasSize(1);
            host.pass(L);
            assertThat(pod(lake, "new", SHORT).rows()).isEqualTo(table.rows());
            claimAndRelease(table, L);
        }
        for (int i = 0; i < 45; i++) {
            claimAndRelease(table, L);
        }
        assertThat(files()).isLessThan(260);
    }

    /// An edit that another commit comes before, once it was decided for the first time.
    private Edit afterwards(String task, Runnable rival) {
        boolean[] done = {false};
        return new Edit(task, row -> {
            TaskRow before = row.orElseGet(() -> TaskRow.idle(task, host.now()));
            if (!done[0]) {
                done[0] = true;
                rival.run();
            }
            return Optional.of(before.with().runCount(before.runCount() + 1).build());
        });
    }

    private void claimAndRelease(ControlTable pod, Duration lease) {
        Lease held = ((Granted) pod.tryClaim("ingest:orders", lease)).lease();
        host.pass(Duration.ofSeconds(1));
        assertThat(pod.release(held, Duration.ZERO)).isInstanceOf(Released.class);
        host.pass(Duration.ofSeconds(1));
    }

    private long version() {
        return lake.list(LOG, "0").stream()
                .map(StoredObject::name)
                .filter(name -> name.endsWith(".json"))
                .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
                .max()
                .orElseThrow();
    }

    private int files() {
        return lake.list(LOG, "").size() + lake.list(ControlTable.PATH, "").size();
    }

    private ControlTable pod(Store store, String id, ControlUpkeep upkeep) {
        return new ControlTable(store, new OneThreadHost(host), Pod.named(id, host), upkeep);
    }
}
