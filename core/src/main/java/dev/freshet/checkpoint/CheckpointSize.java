package dev.freshet.checkpoint;

/// What a checkpoint takes in the lake, in bytes. Shared files count in full for each checkpoint that needs them;
/// borrowed files belong to tables and do not count.
///
/// @param own its state files
/// @param shared its data files that other checkpoints may need as well
public record CheckpointSize(long own, long shared) {
    static final CheckpointSize NONE = new CheckpointSize(0, 0);

    public CheckpointSize {
        if (own < 0 || shared < 0) {
            throw new IllegalArgumentException("a size is not negative: " + own + ", " + shared);
        }
    }

    public long total() {
        return own + shared;
    }
}
