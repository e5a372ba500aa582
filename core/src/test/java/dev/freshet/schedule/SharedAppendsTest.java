package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.host.Work;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedAppendsTest {
    private static final int CALLERS = 100;

    private final Watched host = new Watched(new SettableHost());
    private final List<Integer> appends = new CopyOnWriteArrayList<>();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Map<String, String> ends = new ConcurrentHashMap<>();

    @Test
    void recordsOfRunsThatEndAtAboutTheSameTimeRideInOneAppend() {
        SharedAppends shared = new SharedAppends(host, records -> {
            if (appends.isEmpty()) {
                awaitAllOthers();
            }
            keep(records);
        });
        callers(shared).forEach(SharedAppendsTest::join);
        assertThat(appends).containsExactly(1, CALLERS - 1);
        assertThat(written).hasSize(CALLERS);
    }

    @Test
    void eachCallerReturnsOnlyWhenItsRecordsAreThere() {
        SharedAppends shared = new SharedAppends(host, this::keep);
        callers(shared).forEach(SharedAppendsTest::join);
        assertThat(ends).hasSize(CALLERS).allSatisfy((_, end) -> assertThat(end).isEqualTo("there"));
    }

    @Test
    void aFailureReachesEveryCallerWhoseRecordsItMayHaveKeptOut() {
        SharedAppends shared = new SharedAppends(host, records -> {
            if (appends.isEmpty()) {
                awaitAllOthers();
                keep(records);
            } else {
                throw new FreshetException(ErrorCode.LAKE_UNREACHABLE, "no lake");
            }
        });
        callers(shared).forEach(SharedAppendsTest::join);
        assertThat(ends.values()).filteredOn("there"::equals).hasSize(1);
        assertThat(ends.values()).filteredOn("no lake"::equals).hasSize(CALLERS - 1);
    }

    @Test
    void aWriterThatDiesLeavesNobodyWaiting() {
        SharedAppends shared = new SharedAppends(host, records -> {
            if (appends.isEmpty()) {
                awaitAllOthers();
                keep(records);
            } else {
                throw new PodHost.Died();
            }
        });
        callers(shared).forEach(SharedAppendsTest::join);
        assertThat(ends.values())
                .filteredOn(end -> end.contains("stopped halfway"))
                .hasSize(CALLERS - 2);
    }

    @Test
    void anInterruptOfTheOneWhoWritesFailsNobody() {
        SharedAppends shared = new SharedAppends(host, records -> {
            if (appends.isEmpty()) {
                appends.add(0);
                Thread.currentThread().interrupt();
                throw new FreshetException(ErrorCode.CANCELLED, "interrupted");
            }
            keep(records);
        });
        shared.append(List.of(record("r")));
        assertThat(Thread.interrupted()).as("the caller still learns of it").isTrue();
        assertThat(written).containsExactly("r");
    }

    @Test
    void aFailedAppendMayBeTriedAgain() {
        Consumer<List<RunRecord>> once = records -> {
            if (appends.isEmpty()) {
                appends.add(0);
                throw new FreshetException(ErrorCode.LAKE_UNREACHABLE, "no lake");
            }
            keep(records);
        };
        SharedAppends shared = new SharedAppends(host, once);
        assertThatThrownBy(() -> shared.append(List.of(record("r")))).hasMessage("no lake");
        shared.append(List.of(record("r")));
        assertThat(written).containsExactly("r");
    }

    private void keep(List<RunRecord> records) {
        appends.add(records.size());
        records.forEach(record -> written.add(record.runId()));
    }

    private void awaitAllOthers() {
        while (host.sleepers.size() < CALLERS - 1) {
            LockSupport.parkNanos(100_000);
        }
    }

    private List<Thread> callers(SharedAppends shared) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String id = "r" + i;
            callers.add(Thread.ofVirtual().start(() -> {
                try {
                    shared.append(List.of(record(id)));
                    ends.put(id, written.contains(id) ? "there" : "not there");
                } catch (FreshetException e) {
                    ends.put(id, String.valueOf(e.getMessage()));
                } catch (PodHost.Died e) {
                    ends.put(id, "died");
                }
            }));
        }
        return callers;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RunRecord record(String id) {
        Instant now = Instant.parse("2026-05-01T12:00:00Z");
        TaskRow row = TaskRow.idle("ingest:" + id, now)
                .with()
                .token(id)
                .fence(new Fence(0, 1))
                .instanceId("i")
                .build();
        return RunRecord.of(row).ended(Outcome.SUCCEEDED, now);
    }

    /// Knows who waits.
    private record Watched(SettableHost machine, Set<Thread> sleepers) implements Host {
        Watched(SettableHost machine) {
            this(machine, ConcurrentHashMap.newKeySet());
        }

        @Override
        public Instant now() {
            return machine.now();
        }

        @Override
        public long nanos() {
            return machine.nanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            sleepers.add(Thread.currentThread());
            machine.sleep(duration);
        }

        @Override
        public Work start(String name, Runnable body) {
            return machine.start(name, body);
        }

        @Override
        public RandomGenerator random() {
            return machine.random();
        }

        @Override
        public void reach(String point) {
            machine.reach(point);
        }
    }
}
