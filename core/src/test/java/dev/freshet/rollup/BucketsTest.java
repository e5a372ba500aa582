package dev.freshet.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.rollup.Buckets.Span;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    @Test
    void anHourBeginsWithItsFirstInstantAlsoBefore1970() {
        assertThat(Buckets.hour(Instant.parse("1970-01-01T00:59:59.999999Z"))).isZero();
        assertThat(Buckets.hour(Instant.parse("1969-12-31T23:59:59.999999Z"))).isEqualTo(-1);
        assertThat(Buckets.from(Instant.parse("1970-01-01T01:00:00Z"))).isEqualTo(1);
        assertThat(Buckets.from(Instant.parse("1970-01-01T01:00:00.000001Z"))).isEqualTo(2);
        assertThat(Buckets.start(-1)).isEqualTo(Instant.parse("1969-12-31T23:00:00Z"));
    }

    @Test
    void spansThatTouchAreOne() {
        assertThat(Buckets.of(List.of(new Span(5, 7), new Span(1, 3), new Span(3, 5), new Span(9, 9)))
                        .spans())
                .containsExactly(new Span(1, 7));
    }

    @Test
    void allHoursHaveNoEnd() {
        assertThat(Buckets.all().has(Long.MIN_VALUE)).isTrue();
        assertThat(Buckets.all().within(3, Buckets.END).spans()).containsExactly(new Span(3, Buckets.END));
        assertThat(Buckets.span(4, 4).isEmpty()).isTrue();
    }

    @Test
    void aSetOfHoursIsWhatItsSpansSay() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            TreeSet<Long> hours = new TreeSet<>();
            List<Span> spans = LongStream.range(0, random.nextInt(6))
                    .mapToObj(_ -> {
                        long from = random.nextInt(30);
                        return new Span(from, from + random.nextInt(5));
                    })
                    .toList();
            spans.forEach(span -> LongStream.range(span.from(), span.to()).forEach(hours::add));
            Buckets buckets = Buckets.of(spans);
            for (long hour = -1; hour < 40; hour++) {
                assertThat(buckets.has(hour)).isEqualTo(hours.contains(hour));
                assertThat(buckets.meets(hour, hour + 3))
                        .isEqualTo(!hours.subSet(hour, true, hour + 3, true).isEmpty());
                assertThat(buckets.within(10, 20).has(hour)).isEqualTo(hour >= 10 && hour < 20 && hours.contains(hour));
            }
        }
    }
}
