package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import java.time.Duration;

/// Lets what is on its way gather. A server sends a copy in pieces of some kilobytes; whoever takes each as it comes is
/// woken for each, which costs both sides more than the bytes do.
@FunctionalInterface
interface Lull {
    /// What comes meanwhile fits into the buffers between the two.
    Duration LENGTH = Duration.ofNanos(200_000);

    /// For connections whose pieces are gathered elsewhere.
    Lull NONE = () -> {};

    void pass() throws InterruptedException;

    static Lull of(Host host) {
        return () -> host.sleep(LENGTH);
    }
}
