package dev.freshet.event;

import java.util.concurrent.atomic.LongAdder;

/// The counts of one recorder. Lock-free.
final class Counters {
    final LongAdder recorded = new LongAdder();
    final LongAdder recovered = new LongAdder();
    final LongAdder stored = new LongAdder();
    final LongAdder durable = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder filtered = new LongAdder();
    final LongAdder deadLettered = new LongAdder();
    final LongAdder lostLater = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder batches = new LongAdder();

    RecorderCounts now(long waiting, long spillBytes) {
        return new RecorderCounts(
                recorded.sum(),
                recovered.sum(),
                stored.sum(),
                durable.sum(),
                dropped.sum(),
                filtered.sum(),
                deadLettered.sum(),
                lostLater.sum(),
                failures.sum(),
                batches.sum(),
                waiting,
                spillBytes);
    }
}
