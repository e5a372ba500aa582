package dev.freshet.source.postgres;

import java.util.ArrayList;
import java.util.List;

/// Cuts heaps into parts for several sessions, of which each takes the next part when it is done with one. Each
/// part is a share of what is left: large ones first, which make large files, and small ones in the end, so
/// that all sessions are done at about the same time.
final class PagePlan {
    /// A part beyond this would only be more work to lose.
    private static final long MOST_BYTES = 1L << 30;

    private final List<Heap> heaps;
    private final long leastBytes;
    private final List<List<PageRange>> parts = new ArrayList<>();
    private double left;
    private int heap;
    private long page;

    private PagePlan(List<Heap> heaps, long leastBytes) {
        this.heaps = heaps;
        this.leastBytes = leastBytes;
        this.left = heaps.stream().mapToLong(Heap::bytes).sum();
    }

    /// The ranges of each part; all pages are in one range, and the last range of each heap is open.
    ///
    /// @param leastBytes a part that is worth a reading of its own
    static List<List<PageRange>> of(List<Heap> heaps, int sessions, long leastBytes) {
        PagePlan plan = new PagePlan(heaps, leastBytes);
        while (plan.heap < heaps.size()) {
            plan.parts.add(plan.part(plan.size(sessions)));
        }
        return plan.parts;
    }

    private double size(int sessions) {
        double share =
                Math.clamp(left / (2.0 * sessions), (double) leastBytes, (double) Math.max(leastBytes, MOST_BYTES));
        return left - share < leastBytes ? left : share;
    }

    private List<PageRange> part(double bytes) {
        List<PageRange> ranges = new ArrayList<>();
        double missing = bytes;
        while (heap < heaps.size() && (ranges.isEmpty() || missing >= 1)) {
            missing -= range(ranges, missing);
        }
        // Heaps without pages cost nothing more here, and would be a part of their own.
        while (heap < heaps.size() && left < 1) {
            var _ = range(ranges, 0);
        }
        return List.copyOf(ranges);
    }

    /// Adds what is wanted of the heap at hand, and returns how many bytes that is, about.
    private double range(List<PageRange> ranges, double wantedBytes) {
        Heap at = heaps.get(heap);
        long rest = at.pages() - page;
        double wanted = Math.max(1, Math.ceil(wantedBytes / Math.max(1, at.bytesPerPage())));
        boolean toItsEnd = wanted >= rest;
        long count = toItsEnd ? rest : (long) wanted;
        ranges.add(new PageRange(at, page, toItsEnd ? null : page + count));
        page += count;
        if (toItsEnd) {
            heap++;
            page = 0;
        }
        double taken = at.pages() == 0 ? at.bytes() : count * at.bytesPerPage();
        left -= taken;
        return taken;
    }
}
