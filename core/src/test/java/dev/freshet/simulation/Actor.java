package dev.freshet.simulation;

import dev.freshet.host.Work;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One thread of a process. It runs only while it has the baton, so its fields need no lock.
final class Actor implements Work {
    private final World world;
    private final String name;
    private final Life life;
    private volatile boolean granted;
    private volatile @Nullable Thread thread;
    private @Nullable Turn turn;
    private boolean interrupted;
    private boolean ended;
    private long decidedAt = -1;

    Actor(World world, String name, Life life) {
        this.world = world;
        this.name = name;
        this.life = life;
    }

    String name() {
        return name;
    }

    Life life() {
        return life;
    }

    void runsOn(Thread itsThread) {
        thread = itsThread;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    /// Gives it the baton.
    void grant() {
        granted = true;
        LockSupport.unpark(thread);
    }

    /// Waits for the baton, in real time, perhaps for a while only.
    void await() {
        if (!granted) {
            LockSupport.park(this);
        }
    }

    void await(Duration atMost) {
        if (!granted) {
            LockSupport.parkNanos(this, atMost.toNanos());
        }
    }

    boolean take() {
        if (!granted) {
            return false;
        }
        granted = false;
        return true;
    }

    void waitsFor(Turn itsTurn) {
        turn = itsTurn;
    }

    /// Lets it go on now instead of later.
    void hurry() {
        if (turn != null) {
            world.bringForward(turn);
        }
    }

    void end() {
        ended = true;
        turn = null;
    }

    /// True once for every interrupt.
    boolean takeInterrupt() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /// When it began to decide about a data commit, or -1.
    long decidedAt() {
        return decidedAt;
    }

    void decides(long nanos) {
        decidedAt = nanos;
    }

    @Override
    public boolean ended() {
        world.touch();
        return ended;
    }

    @Override
    public void interrupt() {
        interrupted = true;
        hurry();
    }
}
