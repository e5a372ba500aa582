package dev.freshet.rollup;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The pieces that hours are worked on in, each up to the end of a calendar month in UTC.
final class Slices {
    private Slices() {}

    /// @param buckets hours to be computed again
    /// @param end everything before this hour is done with the slice
    record Slice(Buckets buckets, long end) {}

    /// All hours from one on and none before it; the months with facts say where it is cut.
    static List<Slice> whole(long from, List<Long> months) {
        List<Slice> slices = new ArrayList<>();
        long begin = from;
        for (int i = 0; i < months.size() - 1; i++) {
            long end = endOfMonth(months.get(i));
            if (end > begin) {
                slices.add(new Slice(Buckets.span(begin, end), end));
                begin = end;
            }
        }
        slices.add(new Slice(Buckets.span(begin, Buckets.END), Buckets.END));
        return slices;
    }

    static List<Slice> one(Buckets buckets) {
        return List.of(new Slice(buckets, Buckets.END));
    }

    /// Certain hours, month by month.
    static List<Slice> byMonth(Buckets buckets) {
        List<Slice> slices = new ArrayList<>();
        for (Buckets rest = buckets; !rest.isEmpty(); ) {
            long end = endOfMonth(rest.first());
            slices.add(new Slice(rest.within(rest.first(), end), end));
            rest = rest.within(end, Buckets.END);
        }
        return slices;
    }

    static long endOfMonth(long hour) {
        return Buckets.hour(start(month(Buckets.start(hour)).plusMonths(1)));
    }

    static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static YearMonth month(Instant time) {
        return YearMonth.from(time.atOffset(ZoneOffset.UTC));
    }
}
