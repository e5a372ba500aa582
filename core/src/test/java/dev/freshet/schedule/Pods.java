package dev.freshet.schedule;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.host.Work;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// One thread plays all pods of a lake in virtual time. A write to the control table's log takes a while, in which
/// the others whose time has come go on; the work of a run takes as long as the test says.
final class Pods {
    private static final Duration STEP = Duration.ofMillis(50);

    final SettableHost clock = new SettableHost(5);
    final Store store = new MemoryStore(clock);
    final List<Member> members = new ArrayList<>();
    final Map<String, Instant> started = new TreeMap<>();
    private final ControlTable observed = new ControlTable(store, clock, Pod.named("observer", clock));
    private final Duration commit;
    private final Duration work;
    int commits;

    Pods(Duration commit, Duration work) {
        this.commit = commit;
        this.work = work;
    }

    Member join(String name, int places) {
        Member member = new Member(name, places);
        members.add(member);
        return member;
    }

    /// Schedules that never ran and so are due at once.
    void define(int count, int everySeconds) {
        define(store, count, everySeconds);
    }

    static void define(Store store, int count, int everySeconds) {
        for (int i = 0; i < count; i++) {
            String id = "t%04d".formatted(i);
            String text = TestLake.definition(id, TestLake.every(everySeconds)).replace('\'', '"');
            store.putIfAbsent(Definitions.FOLDER + "/" + id + "/0.json", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    List<TaskRow> rows() {
        return observed.rows();
    }

    void play(Duration time, Runnable afterEachStep) {
        Instant end = clock.now().plus(time);
        while (clock.now().isBefore(end)) {
            clock.pass(STEP);
            others();
            afterEachStep.run();
        }
    }

    /// Those that are not amid a round themselves and whose time has come.
    private void others() {
        for (Member member : members) {
            if (!member.busy) {
                member.busy = true;
                member.work();
                if (member.runner.isTime()) {
                    member.runner.tick();
                }
                member.busy = false;
            }
        }
    }

    /// A process.
    final class Member implements Host {
        final Schedules schedules;
        final ControlTable control;
        final Runner runner;
        final int places;
        private final SettableHost machine = clock.skewed(Duration.ZERO);
        private final PriorityQueue<Ending> endings = new PriorityQueue<>();
        private boolean busy;
        int runs;

        Member(String name, int places) {
            this.places = places;
            Store slow = new SlowStore(store);
            control = new ControlTable(slow, this, Pod.named(name, this));
            schedules = new Schedules(slow, this, control, List.of(FakeKind.idle("mysql")));
            RunnerOptions options = RunnerOptions.DEFAULT.withMaxRuns(places);
            runner = new Runner(slow, this, control, schedules, options, RunListener.NONE);
        }

        /// What has taken its time ends.
        void work() {
            while (!endings.isEmpty() && !endings.peek().at.isAfter(clock.now())) {
                endings.poll().body.run();
            }
        }

        int working() {
            return endings.size();
        }

        @Override
        public Work start(String name, Runnable body) {
            if (name.startsWith("ingest:")) {
                runs++;
                started.putIfAbsent(name, clock.now());
                endings.add(new Ending(clock.now().plus(work), runs, body));
            }
            return new PodHost.Done();
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
            machine.sleep(duration);
        }

        @Override
        public RandomGenerator random() {
            return machine.random();
        }

        @Override
        public void reach(String point) {}
    }

    private record Ending(Instant at, int number, Runnable body) implements Comparable<Ending> {
        @Override
        public int compareTo(Ending other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? Integer.compare(number, other.number) : byTime;
        }
    }

    private final class SlowStore extends InterceptedStore {
        SlowStore(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == Operation.PUT && key.startsWith(ControlTable.PATH + "/_delta_log")) {
                commits++;
                clock.pass(commit);
                others();
            }
            return action.get();
        }
    }
}
