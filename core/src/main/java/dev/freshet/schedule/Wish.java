package dev.freshet.schedule;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.TaskRow;
import org.jspecify.annotations.Nullable;

/// Work that somebody waits for in the foreground: claimed as soon as nobody else holds its task, whatever the
/// limits. Written by the runner's loop, read by the one who waits.
final class Wish {
    private final Job job;
    private final ClaimTerms terms;
    private volatile @Nullable Running running;
    private volatile @Nullable TaskRow held;

    Wish(Job job, ClaimTerms terms) {
        this.job = job;
        this.terms = terms;
    }

    Job job() {
        return job;
    }

    ClaimTerms terms() {
        return terms;
    }

    /// Null until it was granted.
    @Nullable
    Running running() {
        return running;
    }

    /// The lease only settled what others left: the wish is still open.
    void continued() {
        running = null;
    }

    void granted(Running newRunning) {
        running = newRunning;
        held = null;
    }

    /// The row as somebody else holds it; null if nobody does.
    @Nullable
    TaskRow held() {
        return held;
    }

    void held(@Nullable TaskRow row) {
        held = row;
    }
}
