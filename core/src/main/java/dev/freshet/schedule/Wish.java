package dev.freshet.schedule;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.Eviction;
import dev.freshet.control.TaskRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Work that somebody waits for in the foreground: claimed as soon as nobody else holds its task, whatever the
/// limits. Written by the runner's loop, read by the one who waits.
final class Wish {
    private final @Nullable Eviction eviction;
    private volatile Job job;
    private volatile ClaimTerms terms;
    private volatile @Nullable Running running;
    private volatile @Nullable TaskRow held;

    private volatile boolean moot;

    Wish(Job job, ClaimTerms terms) {
        this(job, terms, null);
    }

    private Wish(Job job, ClaimTerms terms, @Nullable Eviction eviction) {
        this.job = job;
        this.terms = terms;
        this.eviction = eviction;
    }

    /// To settle what a holder did, which may be alive, and nothing more.
    ///
    /// @param job settles only
    static Wish toEvict(Job job, Eviction eviction) {
        return new Wish(job, (newest, reclaim) -> reclaim ? newest.map(Claims::evicted) : Optional.empty(), eviction);
    }

    Job job() {
        return job;
    }

    ClaimTerms terms() {
        return terms;
    }

    @Nullable
    Eviction eviction() {
        return eviction;
    }

    /// Whether the holder that was to be evicted holds the task no more.
    boolean isMoot() {
        return moot;
    }

    void moot() {
        moot = true;
    }

    /// The schedule has changed since: this is what it asks for now.
    void changed(Job newJob, ClaimTerms newTerms) {
        job = newJob;
        terms = newTerms;
    }

    /// Null until it was granted.
    @Nullable
    Running running() {
        return running;
    }

    /// The lease only settled what others left: the wish is still open, unless that was all it was for.
    void continued() {
        if (eviction == null) {
            running = null;
        }
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
