package dev.freshet.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A set of hours, numbered from 1970-01-01T00:00Z on, as spans that do not touch one another, in order. Immutable.
record Buckets(List<Span> spans) {
    static final long HOUR_MICROS = Duration.ofHours(1).toNanos() / 1000;

    /// Before every hour, and after every one.
    static final long FIRST = Long.MIN_VALUE;

    static final long END = Long.MAX_VALUE;

    private static final Buckets NONE = new Buckets(List.of());

    /// The hours from one up to another, which is not among them.
    record Span(long from, long to) {
        boolean meets(long first, long last) {
            return first < to && last >= from;
        }
    }

    Buckets {
        spans = List.copyOf(spans);
    }

    static Buckets none() {
        return NONE;
    }

    static Buckets all() {
        return span(FIRST, END);
    }

    static Buckets span(long from, long to) {
        return from < to ? new Buckets(List.of(new Span(from, to))) : NONE;
    }

    /// The hours that any of the spans has.
    static Buckets of(Collection<Span> spans) {
        List<Span> joined = new ArrayList<>();
        for (Span span :
                spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
            if (span.from() >= span.to()) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().to() >= span.from()) {
                Span last = joined.removeLast();
                joined.add(new Span(last.from(), Math.max(last.to(), span.to())));
            } else {
                joined.add(span);
            }
        }
        return joined.isEmpty() ? NONE : new Buckets(joined);
    }

    /// The hour that a time lies in.
    static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 3600L);
    }

    /// When an hour begins.
    static Instant start(long hour) {
        return Instant.ofEpochSecond(hour * 3600L);
    }

    /// The first hour that begins at this time or later.
    static long from(Instant time) {
        Instant hour = start(hour(time));
        return hour.equals(time) ? hour(time) : hour(time) + 1;
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    long first() {
        return spans.getFirst().from();
    }

    /// The end of the last span.
    long end() {
        return spans.getLast().to();
    }

    boolean has(long hour) {
        return meets(hour, hour);
    }

    /// Whether any of the hours from first to last is in the set.
    boolean meets(long first, long last) {
        int low = 0;
        int high = spans.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Span span = spans.get(middle);
            if (span.meets(first, last)) {
                return true;
            }
            if (span.to() <= first) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /// Those of the hours that lie within.
    Buckets within(long from, long to) {
        return of(spans.stream()
                .map(span -> new Span(Math.max(span.from(), from), Math.min(span.to(), to)))
                .toList());
    }

    /// How many hours there are, if that can be said.
    long hours() {
        return isEmpty() || first() == FIRST || end() == END
                ? END
                : spans.stream().mapToLong(span -> span.to() - span.from()).sum();
    }
}
