package dev.freshet.event;

/// Where batches go. Lanes call it from their own threads, one batch of a lane at a time.
@FunctionalInterface
interface EventHandler {
    /// Stores the batch. Once this returns, the batch is acknowledged and forgotten; after any exception it is tried
    /// again, and must not become two then.
    ///
    /// @throws RefusedGroupsException for groups that can never be stored; the others are tried again
    void store(EventBatch batch);

    /// A batch will come soon. May do beforehand what does not need it; what fails then is tried again for the batch.
    default void prepare() {}

    /// Gives back what it holds; nothing is under way any more.
    default void close() {}
}
