package dev.freshet.event;

/// How much may wait in memory for one table. Immutable.
public record QueueLimits(int events, long bytes) {
    /// 2,048 events of 8 MB together.
    public static final QueueLimits DEFAULT = new QueueLimits(2048, 8L << 20);

    public QueueLimits {
        if (events < 1 || bytes < EventRules.MOST_BYTES) {
            throw new IllegalArgumentException("a queue takes at least one event of 1 MB");
        }
    }
}
