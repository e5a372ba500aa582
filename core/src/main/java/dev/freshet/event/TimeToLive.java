package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long events are kept, written as people do: `90d`, `12h`, `30m`, or `forever`.
public record TimeToLive(Optional<Duration> duration) {
    /// The property of a table of events that says it.
    public static final String PROPERTY = "freshet.time_to_live";

    /// Ninety days.
    public static final TimeToLive DEFAULT = new TimeToLive(Optional.of(Duration.ofDays(90)));

    private static final String FOREVER = "forever";
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})([smhdw])");

    public TimeToLive {
        if (duration.filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            throw new FreshetException(ErrorCode.BAD_USAGE, "events are kept for a second at least");
        }
    }

    /// @throws FreshetException (BAD_USAGE) if the text is no such time
    public static TimeToLive parse(String text) {
        if (text.equals(FOREVER)) {
            return new TimeToLive(Optional.empty());
        }
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE, "'%s' is no time to live; write 90d, 12h, 30m or forever".formatted(text));
        }
        long count = Long.parseLong(parts.group(1));
        Duration time = switch (parts.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
        return new TimeToLive(Optional.of(time));
    }

    /// As it is written.
    public String text() {
        return duration.map(TimeToLive::text).orElse(FOREVER);
    }

    private static String text(Duration time) {
        if (time.equals(time.truncatedTo(ChronoUnit.DAYS))) {
            return time.toDays() + "d";
        }
        if (time.equals(time.truncatedTo(ChronoUnit.HOURS))) {
            return time.toHours() + "h";
        }
        return time.equals(time.truncatedTo(ChronoUnit.MINUTES)) ? time.toMinutes() + "m" : time.toSeconds() + "s";
    }
}
