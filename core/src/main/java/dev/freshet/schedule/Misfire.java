package dev.freshet.schedule;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What becomes of due times that passed while nobody was there. A due time later than `maxLate`, if given, is not
/// run any more.
public record Misfire(Policy policy, @Nullable Duration maxLate) {
    public static final Misfire DEFAULT = new Misfire(Policy.RUN_ONCE, null);

    public enum Policy {
        /// The latest due time that passed is run, earlier ones are missed.
        RUN_ONCE,
        /// A due time that is late is skipped.
        SKIP;

        /// The name as it is written in definitions.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
