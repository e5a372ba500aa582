package dev.freshet.store;

import java.time.Duration;

/// How often a [FaultyStore] misbehaves, each as a share of all calls.
///
/// @param before fails and changes nothing
/// @param after does what it was asked and then fails: the reply is lost
/// @param late fails, and a put is applied at some later moment
/// @param slow answers rightly, but only after up to `longest`
public record Faults(double before, double after, double late, double slow, Duration longest) {
    public static Faults none() {
        return new Faults(0, 0, 0, 0, Duration.ZERO);
    }

    /// About this share of all calls goes wrong, in every way.
    public static Faults everyKind(double share) {
        return new Faults(share / 3, share / 3, share / 3, share, Duration.ofSeconds(1));
    }
}
