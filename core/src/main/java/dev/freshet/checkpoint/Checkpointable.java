package dev.freshet.checkpoint;

/// State that can be written into a checkpoint and taken out of it again, by another process and another release.
/// Confined to one thread at a time.
public interface Checkpointable {
    /// The whole state as bytes that [#restore] understands.
    byte[] checkpoint();

    /// Becomes the state that was written.
    ///
    /// @throws dev.freshet.error.FreshetException (INCOMPATIBLE_STORAGE) if these are no such bytes; then the
    ///   state is as it was
    void restore(byte[] state);
}
