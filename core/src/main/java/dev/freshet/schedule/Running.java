package dev.freshet.schedule;

import dev.freshet.control.Lease;
import dev.freshet.host.Work;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lease that this process holds, and its worker. The worker writes `ending` once; the runner's loop does the
/// rest.
final class Running {
    private final Job job;
    private final RunSession session;
    private volatile @Nullable Work work;
    private volatile @Nullable Ending ending;
    private volatile boolean done;

    private Running(Job job, RunSession session) {
        this.job = job;
        this.session = session;
    }

    static Running start(Surroundings around, Job job, Lease lease, Books books, Runnable whenEnded) {
        RunSession session = new RunSession(around, job, lease);
        Running running = new Running(job, session);
        Attempt attempt = new Attempt(around, job, session, books);
        running.work = around.host().startApart(job.task(), () -> {
            running.ending = attempt.run();
            whenEnded.run();
        });
        return running;
    }

    Job job() {
        return job;
    }

    RunSession session() {
        return session;
    }

    Lease lease() {
        return session.lease();
    }

    /// Null while the worker works.
    @Nullable
    Ending ending() {
        return ending;
    }

    boolean isWorking() {
        return ending == null;
    }

    /// Whether the target may hold what tasks that follow it do not know of; asked once it ended. One request too many
    /// costs a look.
    boolean mayHaveChangedTarget() {
        return lease().reclaimed()
                || session.hasCommitted()
                || (ending instanceof Ending.Release(var _, RunRecord run)
                        && run != null
                        && run.outcome() == Outcome.SUCCEEDED);
    }

    void cancel(Cancellation why) {
        if (isWorking() && session.cancel(why)) {
            Objects.requireNonNull(work, "set before anybody sees this").interrupt();
        }
    }

    /// The lease is released, or given up.
    void finish() {
        done = true;
    }

    boolean isDone() {
        return done;
    }
}
