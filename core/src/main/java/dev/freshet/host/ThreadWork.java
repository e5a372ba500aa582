package dev.freshet.host;

/// Work on a thread of its own.
record ThreadWork(Thread thread) implements Work {
    @Override
    public boolean ended() {
        return !thread.isAlive();
    }

    @Override
    public void interrupt() {
        thread.interrupt();
    }
}
