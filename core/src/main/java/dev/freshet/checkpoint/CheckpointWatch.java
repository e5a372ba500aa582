package dev.freshet.checkpoint;

/// Hears what becomes of an owner's checkpoints, on the thread that works on them. It must be quick and must not throw.
public interface CheckpointWatch {
    /// One that hears nothing.
    CheckpointWatch NONE = new CheckpointWatch() {};

    /// It is durable now.
    default void committed(Checkpoint checkpoint) {}

    /// Checkpoints were removed, or files that a dead holder left.
    default void collected(Collected collected) {}
}
