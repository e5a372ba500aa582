package dev.freshet.e2e;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is to happen to the processes of a chaos run.
///
/// @param kills how many are killed
/// @param pauses how many are stopped past the end of their leases and continued
/// @param lease of every schedule, in whole seconds
/// @param seed of everything that the run leaves to chance
/// @param pods how many processes there are at a time
/// @param calm the longest rest between two kills
/// @param keep whether lake and logs stay when all is well, too
record ChaosOptions(int kills, int pauses, Duration lease, long seed, int pods, Duration calm, boolean keep) {
    static ChaosOptions of(List<String> arguments) {
        int kills = 200;
        int pauses = 100;
        int pods = 4;
        boolean keep = false;
        Duration lease = Duration.ofSeconds(3);
        long seed = RandomGenerator.getDefault().nextLong(1_000_000);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            String value = rest.hasNext() ? rest.next() : "";
            switch (option) {
                case "--kills" -> kills = Integer.parseInt(value);
                case "--pauses" -> pauses = Integer.parseInt(value);
                case "--lease" -> lease = Duration.parse("PT" + value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--keep" -> keep = value.equals("yes");
                case "--pods" -> pods = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new ChaosOptions(kills, pauses, lease, seed, pods, Duration.ofSeconds(6), keep);
    }

    /// The command that repeats the run, as far as a machine can repeat itself.
    String command() {
        return "bench/run chaos --kills %d --pauses %d --lease %ds --seed %d --pods %d"
                .formatted(kills, pauses, lease.toSeconds(), seed, pods);
    }
}
