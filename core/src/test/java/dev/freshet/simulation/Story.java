package dev.freshet.simulation;

import java.time.Duration;
import java.util.Random;

/// The hardships of one seed.
///
/// @param lease of every task
/// @param length how long there is trouble; after it everything must come right
/// @param floor numbers of logs younger than this are not cleaned
/// @param skew how wrong clocks are at the beginning, either way
/// @param jumps how often a clock jumps by up to an hour
/// @param kills how often a process dies, beside those that die at a named point
/// @param pauses how often a process stops for a while, at any moment
/// @param stopsBeforePut share of commits to the control table or the ledger before whose put the process is stopped
/// @param stopsBeforeDataPut the same of commits to targets
/// @param longPauses share of the pauses that may be longer than the log is kept
record Story(
        Network network,
        int pods,
        int tasks,
        Duration lease,
        Duration length,
        Duration floor,
        Duration skew,
        int jumps,
        int kills,
        int pauses,
        double stopsBeforePut,
        double stopsBeforeDataPut,
        double longPauses) {

    private static final Duration SKEW = Duration.ofMinutes(10);

    /// What kind of trouble a campaign is about.
    enum Kind {
        /// Everything at once, and all the time: a tenth of all replies lost, a fifth of all calls failing, clocks ten
        /// minutes apart that jump by an hour, deaths and pauses.
        STORM(Network.STORMY),
        /// A good network: so more happens, and what happens depends on pauses, deaths and clocks.
        FAIR(Network.FAIR),
        /// Processes that sleep, often longer than the logs are kept.
        SLEEPY(Network.FAIR);

        private final Network network;

        Kind(Network network) {
            this.network = network;
        }
    }

    static Story of(Kind kind, long seed) {
        Random random = new Random(seed * 31 + kind.ordinal());
        boolean sleepy = kind == Kind.SLEEPY;
        Duration lease = Duration.ofSeconds(random.nextInt(5, 7));
        return new Story(
                kind.network,
                random.nextInt(2, 5),
                random.nextInt(3, 6),
                lease,
                Duration.ofSeconds(sleepy ? 220 : random.nextInt(90, 130)),
                lease.multipliedBy(10),
                SKEW,
                random.nextInt(0, 4),
                random.nextInt(1, 6),
                random.nextInt(2, 7),
                sleepy ? 0.04 : 0.008,
                0.2,
                sleepy ? 0.8 : 0.15);
    }
}
