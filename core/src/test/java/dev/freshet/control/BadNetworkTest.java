package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.RenewOutcome.Renewed;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Faults;
import dev.freshet.store.FaultyStore;
import dev.freshet.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pods whose clocks are wrong by minutes claim, renew, release, pause and commit to targets through a store that
/// fails, delays and loses replies on a fifth of all calls. Afterwards the logs are read back and checked.
class BadNetworkTest {
    private static final List<String> TASKS = List.of("ingest:orders", "ingest:lines");
    private static final Duration L = Duration.ofSeconds(60);
    private static final int STEPS = 400;

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final List<FaultyStore> stores = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noSeedMakesTwoPodsHoldATaskOrAFenceGoBack(long seed) {
        Random random = new Random(seed);
        List<FlakyPod> pods =
                IntStream.range(0, 3).mapToObj(i -> pod(i, random)).toList();
        for (int step = 0; step < STEPS; step++) {
            pods.get(random.nextInt(pods.size())).act(TASKS.get(random.nextInt(TASKS.size())));
            checkHolders(pods, "seed " + seed + ", step " + step);
        }
        stores.forEach(store -> store.faults(Faults.none()));
        stores.forEach(FaultyStore::arrive);
        new History(lake, host).check(TASKS, "seed " + seed);
        checkThatLifeGoesOn();
        assertThat(pods.stream().mapToInt(FlakyPod::granted).sum()).isGreaterThan(10);
    }

    private FlakyPod pod(int number, Random random) {
        FaultyStore store = new FaultyStore(lake, host, random, Faults.everyKind(0.2));
        stores.add(store);
        SettableHost skewed = host.skewed(Duration.ofMinutes(10L * (number - 1)));
        return new FlakyPod(new ControlTable(store, skewed, Pod.named("pod-" + number, skewed)), store, skewed, random);
    }

    private void checkHolders(List<FlakyPod> pods, String when) {
        for (String task : TASKS) {
            long holders = pods.stream().filter(pod -> pod.mayCommit(task)).count();
            assertThat(holders).as("%s: holders of %s", when, task).isLessThanOrEqualTo(1);
        }
    }

    /// No task is stuck longer than a lease.
    private void checkThatLifeGoesOn() {
        ControlTable healthy = new ControlTable(lake, host, Pod.named("healthy", host));
        healthy.rows();
        host.pass(L.plus(Duration.ofHours(1)));
        for (String task : TASKS) {
            assertThat(healthy.tryClaim(task, L)).isInstanceOf(Granted.class);
        }
    }

    /// One pod, which loses its temper with the store but never its rules.
    private static final class FlakyPod {
        private final ControlTable table;
        private final Targets targets;
        private final SettableHost host;
        private final Random random;
        private final Map<String, Lease> leases = new HashMap<>();
        private int granted;

        FlakyPod(ControlTable table, FaultyStore store, SettableHost host, Random random) {
            this.table = table;
            this.targets = new Targets(store, host);
            this.host = host;
            this.random = random;
        }

        boolean mayCommit(String task) {
            Lease lease = leases.get(task);
            return lease != null && lease.mayCommit(host.nanos());
        }

        int granted() {
            return granted;
        }

        void act(String task) {
            try {
                if (leases.containsKey(task)) {
                    work(task, leases.get(task));
                } else if (table.claim(new Claim(task, L, ClaimTerms.whenDue(task, host)))
                        instanceof Granted(var lease)) {
                    granted++;
                    leases.put(task, lease);
                    targets.take(lease);
                } else {
                    host.pass(Duration.ofSeconds(random.nextInt(15)));
                }
            } catch (FreshetException _) {
                host.pass(Duration.ofSeconds(1));
            }
        }

        private void work(String task, Lease lease) {
            if (!lease.mayCommit(host.nanos())) {
                leases.remove(task);
                return;
            }
            switch (random.nextInt(5)) {
                case 0 -> host.pass(Duration.ofSeconds(random.nextInt(30)));
                case 1 -> {
                    leases.remove(task);
                    table.release(lease, Duration.ofSeconds(random.nextInt(60)));
                }
                case 2 -> targets.commit(lease);
                default -> {
                    if (table.renew(lease) instanceof Renewed(var renewed)) {
                        leases.put(task, renewed);
                    }
                }
            }
        }
    }
}
