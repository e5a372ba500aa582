package dev.freshet.simulation;

import java.time.Duration;

/// How a store behaves for one process; shares are of all calls.
///
/// @param errors fail and change nothing
/// @param lost are done, and the reply is lost
/// @param late fail, and a put arrives at some later moment all the same
/// @param latency the longest that a request or a reply usually takes
/// @param slow take up to `slowest` each way
record Network(double errors, double lost, double late, Duration latency, double slow, Duration slowest) {
    static final Network CALM = new Network(0, 0, 0, Duration.ofMillis(8), 0, Duration.ZERO);

    /// A fifth of all calls fail and a tenth lose their replies.
    static final Network STORMY = new Network(0.20, 0.08, 0.02, Duration.ofMillis(10), 0.02, Duration.ofSeconds(2));

    /// Trouble is rare.
    static final Network FAIR = new Network(0.01, 0.01, 0.005, Duration.ofMillis(20), 0.01, Duration.ofSeconds(4));
}
