package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
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

/// One thread plays all processes: while the put of one is under way, the others whose time has come go on.
class CrowdTest {
    private static final int PODS = 50;
    private static final Duration COMMIT = Duration.ofMillis(200);
    private static final Duration STEP = Duration.ofMillis(50);

    private final SettableHost clock = new SettableHost(11);
    private final Store store = new MemoryStore(clock);
    private final List<Member> members = new ArrayList<>();
    private int puts;

    @Test
    void fiftyPodsOnASlowStoreDoNotStarveOneAnother() {
        Member first = new Member("first");
        for (int i = 0; i < PODS; i++) {
            first.schedules.apply(TestLake.json(definition("t" + i, every(600))));
        }
        for (int i = 0; i < PODS; i++) {
            members.add(new Member("pod" + i));
        }
        Instant start = clock.now();
        playUntil(start.plusSeconds(120));
        assertThat(first.control.rows())
                .as("each pod found work within two minutes")
                .allMatch(TaskRow::isProcessing)
                .extracting(TaskRow::podId)
                .doesNotHaveDuplicates();
        List<String> tokens = first.control.rows().stream().map(TaskRow::token).toList();
        int before = puts;
        playUntil(start.plusSeconds(210));
        assertThat(first.control.rows())
                .as("nobody lost a lease")
                .extracting(TaskRow::token)
                .isEqualTo(tokens);
        assertThat(first.control.rows())
                .as("each lease was renewed in time, again and again")
                .allMatch(row -> row.heartbeat() >= 4);
        assertThat(members).allSatisfy(member -> assertThat(member.warnings).isEmpty());
        long renewals = PODS * 90 / 15;
        assertThat(puts - before)
                .as("and that took few more puts than there were renewals")
                .isLessThan((int) (renewals * 2));
    }

    private void playUntil(Instant end) {
        while (clock.now().isBefore(end)) {
            clock.pass(STEP);
            others();
        }
    }

    /// Those that are not amid a round themselves and whose time has come.
    private void others() {
        for (Member member : members) {
            if (!member.busy && member.runner.isTime()) {
                member.busy = true;
                member.runner.tick();
                member.busy = false;
            }
        }
    }

    /// A process whose work never ends.
    private final class Member implements RunListener {
        private final List<String> warnings = new ArrayList<>();
        private final ControlTable control;
        private final Schedules schedules;
        private final Runner runner;
        private boolean busy;

        Member(String name) {
            Host host = new WorkingHost(clock.skewed(Duration.ZERO));
            Store slow = new SlowStore(store);
            control = new ControlTable(slow, host, Pod.named(name, host));
            schedules = new Schedules(slow, host, control, List.of(FakeKind.idle("mysql")));
            runner = new Runner(slow, host, control, schedules, RunnerOptions.DEFAULT.withMaxRuns(1), this);
        }

        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    }

    /// A commit takes a fifth of a second, and so everybody together gets about five a second.
    private final class SlowStore extends InterceptedStore {
        SlowStore(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == Operation.PUT && key.startsWith(ControlTable.PATH + "/_delta_log")) {
                puts++;
                clock.pass(COMMIT);
                others();
            }
            return action.get();
        }
    }

    private record WorkingHost(SettableHost machine) implements Host {
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
        public Work start(String name, Runnable body) {
            return new PodHost.Done();
        }

        @Override
        public RandomGenerator random() {
            return machine.random();
        }

        @Override
        public void reach(String point) {}
    }
}
