package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.host.Work;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Every write to the store takes a tenth of a second of virtual time; work waits until the test lets it go on.
class BatchingTest {
    private static final Duration WRITE = Duration.ofMillis(100);

    private final SettableHost clock = new SettableHost(3);
    private final Store store = new MemoryStore(clock);
    private int commits;
    private Runnable amidCommit = () -> {};

    @Test
    void aHundredDueTasksAreStartedByOneCommit() {
        apply(100, 3600);
        Process pod = new Process("pod", 100);
        new ControlTable(store, clock, Pod.named("first", clock)).request("so that there is a table");
        commits = 0;
        Instant before = clock.now();
        pod.runner.tick();
        assertThat(commits).isEqualTo(1);
        assertThat(pod.working).hasSize(100);
        assertThat(Duration.between(before, clock.now()))
                .as("a file of rows and a commit")
                .isEqualTo(WRITE.multipliedBy(2));
    }

    @Test
    void oneCommitReleasesRenewsAndClaims() {
        apply(150, 3600);
        Process pod = new Process("pod", 100);
        pod.runner.tick();
        pod.endWork(60);
        clock.pass(Duration.ofSeconds(20));
        commits = 0;
        pod.runner.tick();
        assertThat(commits).isEqualTo(1);
        List<TaskRow> rows = pod.control.rows();
        assertThat(rows).filteredOn(row -> row.runCount() == 1).as("released").hasSize(60);
        assertThat(rows).filteredOn(row -> row.heartbeat() == 1).as("renewed").hasSize(40);
        assertThat(rows)
                .filteredOn(row -> row.isProcessing() && row.heartbeat() == 0)
                .as("claimed")
                .hasSize(50);
    }

    @Test
    void noMoreThanAHundredAreClaimedByOneCommitAndTheRestSoonAfter() {
        apply(250, 3600);
        Process pod = new Process("pod", 500);
        pod.runner.tick();
        assertThat(pod.working).hasSize(100);
        clock.pass(Duration.ofSeconds(1));
        assertThat(pod.runner.isTime()).isTrue();
        pod.runner.tick();
        clock.pass(Duration.ofSeconds(1));
        pod.runner.tick();
        assertThat(pod.working).hasSize(250);
    }

    @Test
    void aPodThatNeededManyTriesMakesNoClaimsInItsNextTick() {
        apply(3, 3600);
        Process pod = new Process("pod", 1);
        ControlTable other = new ControlTable(store, clock, Pod.named("other", clock));
        List<String> inTheWay = new ArrayList<>(List.of("a", "b", "c", "d"));
        amidCommit = () -> {
            if (!inTheWay.isEmpty()) {
                other.request(inTheWay.removeFirst());
            }
        };
        pod.runner.tick();
        assertThat(pod.working).as("it won at last").hasSize(1);
        pod.endWork(1);
        pod.runner.tick();
        assertThat(pod.working).as("it only releases").isEmpty();
        clock.pass(Duration.ofSeconds(1));
        assertThat(pod.runner.isTime()).as("it does not rest long").isTrue();
        pod.runner.tick();
        assertThat(pod.working).hasSize(1);
    }

    @Test
    void whoFindsItsTasksTakenGetsOthersInTheSameCommit() {
        apply(40, 3600);
        Process first = new Process("first", 10);
        Process second = new Process("second", 10);
        amidCommit = () -> {
            amidCommit = () -> {};
            second.runner.tick();
        };
        first.runner.tick();
        assertThat(second.working).hasSize(10);
        assertThat(first.working).hasSize(10);
    }

    /// Documents without rows, which are due at once.
    private void apply(int count, int everySeconds) {
        Pods.define(store, count, everySeconds);
    }

    private final class Process implements Host {
        private final List<Runnable> working = new ArrayList<>();
        private final ControlTable control;
        private final Schedules schedules;
        private final Runner runner;

        Process(String name, int places) {
            Store slow = new SlowStore(store);
            control = new ControlTable(slow, this, Pod.named(name, this));
            schedules = new Schedules(slow, this, control, List.of(FakeKind.idle("mysql")));
            RunnerOptions options = RunnerOptions.DEFAULT.withMaxRuns(places);
            runner = new Runner(slow, this, control, schedules, options, RunListener.NONE);
        }

        void endWork(int count) {
            for (int i = 0; i < count; i++) {
                working.removeFirst().run();
            }
        }

        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public long nanos() {
            return clock.nanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
        }

        @Override
        public Work start(String name, Runnable body) {
            if (name.startsWith("ingest:")) {
                working.add(body);
            }
            return new PodHost.Done();
        }

        @Override
        public RandomGenerator random() {
            return clock.random();
        }

        @Override
        public void reach(String point) {}
    }

    private final class SlowStore extends InterceptedStore {
        SlowStore(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            switch (operation) {
                case PUT, FINISH, HINT, DELETE -> clock.pass(WRITE);
                case READ, STAT, LIST, FOLDERS, UPLOAD -> {}
            }
            if (operation == Operation.PUT && key.matches(ControlTable.PATH + "/_delta_log/\\d{20}\\.json")) {
                amidCommit.run();
                commits++;
            }
            return action.get();
        }
    }
}
