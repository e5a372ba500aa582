package dev.freshet.simulation;

/// One process from its start to its end. Belongs to whoever has the baton.
final class Life {
    private final String name;
    private boolean dead;
    private long stoppedUntil;

    Life(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /// As by SIGSTOP, until SIGCONT at that moment.
    void stopUntil(long nanos) {
        stoppedUntil = Math.max(stoppedUntil, nanos);
    }

    void goOn() {
        stoppedUntil = 0;
    }

    long stoppedUntil() {
        return stoppedUntil;
    }
}
