package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagePlanTest {
    private static final long MEGA = 1L << 20;
    private static final long PAGE = 8192;

    @Test
    void theFirstPartsAreLargeAndTheLastOnesSmall() {
        List<List<PageRange>> parts = PagePlan.of(List.of(heap(160_000)), 2, 32 * MEGA);
        List<Long> lengths = parts.stream().map(part -> length(part, 160_000)).toList();
        assertThat(parts).hasSizeBetween(8, 20);
        assertThat(lengths.getFirst() * PAGE).isGreaterThan(250 * MEGA);
        assertThat(lengths.getLast() * PAGE).isLessThan(70 * MEGA);
    }

    @Test
    void noPartIsLargerThanAGigabyteHoweverLargeTheTableIs() {
        List<List<PageRange>> parts = PagePlan.of(List.of(heap(1_000_000_000)), 4, 32 * MEGA);
        assertThat(parts)
                .allSatisfy(
                        part -> assertThat(length(part, 1_000_000_000) * PAGE).isLessThanOrEqualTo(1025 * MEGA));
        assertThat(parts).hasSizeGreaterThan(7000);
    }

    @Test
    void everyPageOfEveryHeapIsInOneRangeAndTheLastRangeOfAHeapIsOpen() {
        Random random = new Random(1);
        for (int round = 0; round < 1000; round++) {
            List<Heap> heaps = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                heaps.add(heap(i, random.nextInt(3) == 0 ? random.nextInt(2) : random.nextInt(30_000)));
            }
            List<List<PageRange>> parts = PagePlan.of(heaps, 1 + random.nextInt(8), 1 + random.nextInt(100_000_000));
            List<PageRange> ranges = parts.stream().flatMap(List::stream).toList();
            for (Heap heap : heaps) {
                List<PageRange> own = ranges.stream()
                        .filter(range -> range.heap().equals(heap))
                        .toList();
                assertThat(own.getFirst().from()).isZero();
                assertThat(own.getLast().to()).isNull();
                for (int i = 1; i < own.size(); i++) {
                    assertThat(own.get(i).from()).isEqualTo(own.get(i - 1).to());
                }
            }
            assertThat(parts).doesNotContain(List.of());
        }
    }

    @Test
    void manySmallHeapsAreOnePartTogether() {
        List<Heap> heaps = IntStream.range(0, 1000).mapToObj(i -> heap(i, 10)).toList();
        assertThat(PagePlan.of(heaps, 2, 32 * MEGA)).hasSizeLessThan(4);
    }

    @Test
    void valuesThatLieBesideThePagesCount() {
        Heap wide = new Heap("public", "wide", 'r', "heap", true, 1000, 10_000 * MEGA);
        assertThat(PagePlan.of(List.of(wide), 2, 32 * MEGA)).hasSizeGreaterThan(10);
    }

    @Test
    void aWholeHeapIsReadWithoutACondition() {
        assertThat(new PageRange(heap(10), 0, null).sql()).isEqualTo("ONLY \"public\".\"t0\" AS t");
        assertThat(new PageRange(heap(10), 3, 7L).sql())
                .endsWith(" WHERE t.ctid >= '(3,0)'::pg_catalog.tid AND t.ctid < '(7,0)'::pg_catalog.tid");
    }

    private static Heap heap(long pages) {
        return heap(0, pages);
    }

    private static Heap heap(int number, long pages) {
        return new Heap("public", "t" + number, 'r', "heap", true, pages, pages * PAGE);
    }

    private static long length(List<PageRange> part, long pages) {
        return part.stream()
                .mapToLong(range -> (range.to() == null ? pages : range.to()) - range.from())
                .sum();
    }
}
