package dev.freshet.bench;

import dev.freshet.host.Host;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.Runner;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How many due tasks one commit to the control table starts, on a store of which each write takes 100 ms.
final class SlowStartsRun {
    private static final Duration WRITE = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int TASKS = 100;

    private SlowStartsRun() {}

    static double startsPerCommit(Host host) throws InterruptedException {
        Store memory = new MemoryStore(host);
        for (int i = 0; i < TASKS; i++) {
            memory.putIfAbsent(NoOps.key(i), NoOps.definition(i));
        }
        SlowWrites slow = new SlowWrites(memory, host, WRITE);
        AtomicInteger started = new AtomicInteger();
        RunListener listener = new RunListener() {
            @Override
            public void started(String runId, String task, int attempt) {
                started.incrementAndGet();
            }
        };
        try (Runner runner = NoOps.runner(slow, host, "pod", listener)) {
            runner.start();
            while (started.get() < TASKS) {
                host.sleep(LOOK);
            }
            return (double) TASKS / slow.controlCommits();
        }
    }
}
