package dev.freshet.ingest;

/// Lets other virtual threads run. Decoding and encoding may go on for long without waiting, and nobody else's
/// heartbeat would get a carrier thread meanwhile: virtual threads have no time slices.
final class Turn {
    private Turn() {}

    @SuppressWarnings("ThreadPriorityCheck") // no correctness rests on it
    static void pass() {
        Thread.yield();
    }
}
