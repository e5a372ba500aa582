package dev.freshet.cli;

import java.util.concurrent.CountDownLatch;

/// Lets a service end its work when the process is told to end, and makes the exit code 0 then: the Java runtime would
/// answer 143 to a SIGTERM, as if nothing had been put in order.
final class GracefulExit {
    private final CountDownLatch never = new CountDownLatch(1);

    private GracefulExit() {}

    /// Runs `stop` once, on SIGTERM and on Ctrl-C, then ends the process.
    static GracefulExit onSignal(Runnable stop, Console console) {
        Thread hook = Thread.ofPlatform().name("freshet-stop").unstarted(() -> {
            stop.run();
            console.flush();
            Runtime.getRuntime().halt(ExitCode.OK);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return new GracefulExit();
    }

    /// Waits for ever; the hook ends the process.
    void await() throws InterruptedException {
        never.await();
    }
}
