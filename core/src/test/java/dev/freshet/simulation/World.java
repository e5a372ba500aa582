package dev.freshet.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Virtual time and the one baton. Whoever has it runs; at every call to a store or a host it may go to whoever
/// is next, and time jumps to that moment. Everything in here belongs to the thread that has the baton, so
/// nothing is locked: the baton's handover orders the threads.
final class World {
    private static final long LONGEST_TOUCH = Duration.ofMillis(2).toNanos();
    private static final Duration REAL_PATIENCE = Duration.ofSeconds(1);
    /// After a pause the threads of a process do not all go on at once.
    private static final Duration SLOW_START = Duration.ofMillis(800);
    private static final int MOST_WAITS = 20;

    private final Random random;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final Set<Actor> actors = new LinkedHashSet<>();
    private final Actor director;
    private Actor current;
    private long now;
    private final AtomicLong steps = new AtomicLong();

    World(long seed) {
        this.random = new Random(seed);
        this.director = new Actor(this, "director", new Life("director"));
        this.director.runsOn(Thread.currentThread());
        this.current = director;
    }

    /// Nanoseconds since the beginning, the true time that nobody in the story knows.
    long now() {
        return now;
    }

    Random random() {
        return random;
    }

    Actor current() {
        return current;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /// From zero up to, and with a preference for the low.
    long upTo(Duration longest) {
        double roll = random.nextDouble();
        return (long) (longest.toNanos() * roll * roll);
    }

    Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
    }

    /// A thread of that process.
    Actor start(String name, Life life, Runnable body) {
        Actor actor = new Actor(this, name, life);
        actors.add(actor);
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> act(actor, body));
        actor.runsOn(thread);
        thread.start();
        wait(actor, now + random.nextLong(LONGEST_TOUCH));
        return actor;
    }

    private void act(Actor actor, Runnable body) {
        takeBaton(actor);
        try {
            requireLife(actor);
            body.run();
        } catch (Killed _) {
            // as processes end here
        } finally {
            actor.end();
            actors.remove(actor);
            handOver(actor);
        }
    }

    /// Something that happens by itself at that moment; it must neither wait nor throw.
    void at(long nanos, Runnable event) {
        turns.add(Turn.of(event, Math.max(now, nanos), random.nextLong()));
    }

    /// A call that takes no time. Now and then others go first.
    void touch() {
        requireLife(current);
        if (random.nextInt(24) == 0) {
            pass(random.nextLong(LONGEST_TOUCH));
        }
    }

    /// Lets time pass for the one who has the baton; others go on meanwhile.
    void pass(long nanos) {
        Actor self = current;
        wait(self, now + nanos);
        if (!handOver(self)) {
            takeBaton(self);
        }
        requireLife(self);
    }

    private void wait(Actor actor, long until) {
        Turn turn = Turn.of(actor, until, random.nextLong());
        actor.waitsFor(turn);
        turns.add(turn);
    }

    void bringForward(Turn turn) {
        Actor actor = turn.actor();
        if (actor != null && !turn.isCancelled() && turn.nanos() > now) {
            turn.cancel();
            wait(actor, now);
        }
    }

    private static void requireLife(Actor actor) {
        if (actor.life().isDead()) {
            throw new Killed();
        }
    }

    /// Ends a process: none of its threads gets any further.
    void kill(Life life) {
        life.die();
        hurry(life);
    }

    /// Lets a stopped process go on.
    void resume(Life life) {
        if (life.stoppedUntil() > now) {
            life.goOn();
            hurry(life);
        }
    }

    private void hurry(Life life) {
        for (Actor actor : List.copyOf(actors)) {
            if (actor.life().equals(life)) {
                actor.hurry();
            }
        }
    }

    /// Ends everybody but the director.
    void end() {
        for (Actor actor : new ArrayList<>(actors)) {
            actor.life().die();
            actor.hurry();
        }
        while (!actors.isEmpty()) {
            pass(1);
        }
    }

    /// True when the same actor goes on.
    private boolean handOver(Actor self) {
        while (true) {
            Turn turn = turns.poll();
            if (turn == null) {
                throw new IllegalStateException("nobody is there to go on");
            }
            if (turn.isCancelled()) {
                continue;
            }
            Runnable event = turn.event();
            Actor next = turn.actor();
            if (next != null && !next.life().isDead() && next.life().stoppedUntil() > Math.max(now, turn.nanos())) {
                wait(next, next.life().stoppedUntil() + upTo(SLOW_START));
                continue;
            }
            now = Math.max(now, turn.nanos());
            steps.incrementAndGet();
            if (event != null) {
                event.run();
            } else if (next != null) {
                turn.cancel();
                current = next;
                if (next.equals(self)) {
                    return true;
                }
                next.grant();
                return false;
            }
        }
    }

    private void takeBaton(Actor self) {
        if (self.equals(director)) {
            takeBatonBack();
        } else {
            while (!self.take()) {
                self.await();
            }
        }
    }

    /// The director also notices when the one who has the baton keeps it.
    private void takeBatonBack() {
        long seen = steps.get();
        for (int waits = 0; !director.take(); waits++) {
            director.await(REAL_PATIENCE);
            if (seen != steps.get()) {
                waits = 0;
                seen = steps.get();
            }
            if (waits > MOST_WAITS) {
                throw stuck();
            }
        }
    }

    private AssertionError stuck() {
        AssertionError error = new AssertionError(
                current.name() + " of " + current.life().name() + " keeps the baton: it waits for another thread");
        @Nullable Thread thread = current.thread();
        if (thread != null) {
            error.setStackTrace(thread.getStackTrace());
        }
        return error;
    }
}
