package dev.freshet.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Due at the local times of a UNIX cron expression of five fields, minute first, or of a name such as `@daily`. A
/// local time that a clock change leaves out is due once, at the first instant after the gap. One that a clock
/// change repeats is due at its first occurrence, unless the expression fires in every hour of a day: then in both.
/// Immutable; two of the same text and zone are equal.
public final class Cron implements Trigger {
    private static final Map<String, String> NAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime times;
    private final boolean inEveryHour;

    private Cron(String expression, ZoneId zone, ExecutionTime times) {
        this.expression = expression;
        this.zone = zone;
        this.times = times;
        this.inEveryHour = firesInEveryHour();
    }

    /// Reads an expression; a `BAD_DEFINITION` says what is wrong with it.
    public static Cron of(String expression, ZoneId zone) {
        String fields = fields(expression.strip());
        try {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            ExecutionTime times = ExecutionTime.forCron(parser.parse(fields).validate());
            return new Cron(expression.strip(), zone, times);
        } catch (IllegalArgumentException e) {
            throw refused(expression, Objects.requireNonNullElse(e.getMessage(), "it cannot be read"), e);
        }
    }

    private static String fields(String expression) {
        if (expression.startsWith("@")) {
            String fields = NAMES.get(expression);
            if (fields == null) {
                throw refused(expression, "the names are @hourly, @daily, @midnight, @weekly, @monthly, @yearly", null);
            }
            return fields;
        }
        int count = expression.isEmpty() ? 0 : expression.split("\\s+", -1).length;
        if (count != 5) {
            throw refused(
                    expression,
                    "it has " + count + " fields; five are needed: minute, hour, day of month, month, day of week",
                    null);
        }
        return expression;
    }

    private static FreshetException refused(String expression, String why, @Nullable Throwable cause) {
        return new FreshetException(
                ErrorCode.BAD_DEFINITION, "cron expression '" + expression + "' is not valid: " + why, cause);
    }

    public String expression() {
        return expression;
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public Instant next(Instant dueAt, Instant completedAt) {
        return after(completedAt.isAfter(dueAt) ? completedAt : dueAt);
    }

    @Override
    public Passed passed(Instant due, Instant now) {
        Instant latest = due;
        Instant beforeLatest = due;
        long count = 0;
        for (Instant next = after(due); !next.isAfter(now); next = after(next)) {
            beforeLatest = latest;
            latest = next;
            count++;
        }
        return new Passed(latest, count == 0 ? null : new DueRange(due, beforeLatest, count));
    }

    @Override
    public boolean skipsWhileRunning() {
        return true;
    }

    /// The first due time strictly after the given instant.
    Instant after(Instant instant) {
        ZoneOffset now = zone.getRules().getOffset(instant);
        Walk walk = new Walk(LocalDateTime.ofInstant(instant, now), now, instant);
        while (true) {
            LocalDateTime candidate = localAfter(walk.local);
            ZoneOffsetTransition change = zone.getRules().nextTransition(walk.from);
            if (change == null || candidate.toInstant(walk.offset).isBefore(change.getInstant())) {
                if (inEveryHour || !secondOccurrence(candidate, walk.offset)) {
                    return candidate.toInstant(walk.offset);
                }
                walk = new Walk(candidate, walk.offset, candidate.toInstant(walk.offset));
            } else if (change.isGap() && candidate.isBefore(change.getDateTimeAfter())) {
                return change.getInstant();
            } else {
                walk = new Walk(justBefore(resumeAt(change)), change.getOffsetAfter(), change.getInstant());
            }
        }
    }

    /// The local time from which the search goes on, inclusive, once the clock has changed.
    private LocalDateTime resumeAt(ZoneOffsetTransition change) {
        boolean again = change.isGap() || inEveryHour;
        return again ? change.getDateTimeAfter() : change.getDateTimeBefore();
    }

    private boolean secondOccurrence(LocalDateTime local, ZoneOffset offset) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isOverlap() && change.getOffsetAfter().equals(offset);
    }

    private static LocalDateTime justBefore(LocalDateTime local) {
        return local.minusNanos(1);
    }

    /// Cron knows nothing of zones here: local times are computed as if they were UTC, where no clock ever changes.
    private LocalDateTime localAfter(LocalDateTime local) {
        return fired(local).orElseThrow(() -> refused(expression, "it has no due time after " + local, null));
    }

    private Optional<LocalDateTime> fired(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private boolean firesInEveryHour() {
        LocalDateTime first = fired(LocalDate.EPOCH.atStartOfDay().minusNanos(1))
                .orElseThrow(() -> refused(expression, "no such date exists, so it would never be due", null));
        LocalDateTime hour = first.toLocalDate().atStartOfDay();
        for (int i = 0; i < 24; i++, hour = hour.plusHours(1)) {
            Optional<LocalDateTime> next = fired(justBefore(hour));
            if (next.isEmpty() || !next.get().isBefore(hour.plusHours(1))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron that && expression.equals(that.expression) && zone.equals(that.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression, zone);
    }

    @Override
    public String toString() {
        return expression + " " + zone;
    }

    /// Where the search stands: after which local time it looks, in which offset, and from which instant on that
    /// holds.
    private record Walk(LocalDateTime local, ZoneOffset offset, Instant from) {}
}
