package dev.freshet.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rollup.Buckets.Span;
import dev.freshet.rollup.Slices.Slice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {
    private static final long FEBRUARY = Buckets.hour(Instant.parse("2026-02-01T00:00:00Z"));
    private static final long MARCH = Buckets.hour(Instant.parse("2026-03-01T00:00:00Z"));
    private static final long APRIL = Buckets.hour(Instant.parse("2026-04-01T00:00:00Z"));

    @Test
    void aBackfillsSlicesLeaveNoHourOut() {
        assertThat(Slices.whole(Buckets.FIRST, List.of(FEBRUARY, MARCH)))
                .containsExactly(
                        new Slice(Buckets.span(Buckets.FIRST, MARCH), MARCH),
                        new Slice(Buckets.span(MARCH, Buckets.END), Buckets.END));
        assertThat(Slices.whole(FEBRUARY, List.of()))
                .containsExactly(new Slice(Buckets.span(FEBRUARY, Buckets.END), Buckets.END));
    }

    @Test
    void aMonthBeforeTheBeginMakesNoSliceAndMovesNothingBack() {
        assertThat(Slices.whole(MARCH + 7, List.of(FEBRUARY, MARCH, APRIL)))
                .containsExactly(
                        new Slice(Buckets.span(MARCH + 7, APRIL), APRIL),
                        new Slice(Buckets.span(APRIL, Buckets.END), Buckets.END));
    }

    @Test
    void changedHoursAreCutWhereAMonthEnds() {
        Buckets changed = Buckets.of(List.of(new Span(FEBRUARY + 5, FEBRUARY + 6), new Span(MARCH - 1, MARCH + 2)));
        assertThat(Slices.byMonth(changed))
                .containsExactly(
                        new Slice(
                                Buckets.of(List.of(new Span(FEBRUARY + 5, FEBRUARY + 6), new Span(MARCH - 1, MARCH))),
                                MARCH),
                        new Slice(Buckets.span(MARCH, MARCH + 2), APRIL));
    }
}
