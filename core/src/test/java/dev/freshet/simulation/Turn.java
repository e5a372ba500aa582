package dev.freshet.simulation;

import org.jspecify.annotations.Nullable;

/// When somebody goes on, or something happens. Of two at the same moment chance decides, which the seed does.
final class Turn implements Comparable<Turn> {
    private final long nanos;
    private final long chance;
    private final @Nullable Actor actor;
    private final @Nullable Runnable event;
    private boolean cancelled;

    private Turn(long nanos, long chance, @Nullable Actor actor, @Nullable Runnable event) {
        this.nanos = nanos;
        this.chance = chance;
        this.actor = actor;
        this.event = event;
    }

    static Turn of(Actor actor, long nanos, long chance) {
        return new Turn(nanos, chance, actor, null);
    }

    static Turn of(Runnable event, long nanos, long chance) {
        return new Turn(nanos, chance, null, event);
    }

    long nanos() {
        return nanos;
    }

    long chance() {
        return chance;
    }

    @Nullable
    Actor actor() {
        return actor;
    }

    @Nullable
    Runnable event() {
        return event;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    @Override
    public int compareTo(Turn other) {
        return nanos == other.nanos ? Long.compare(chance, other.chance) : Long.compare(nanos, other.nanos);
    }
}
