package dev.freshet.checkpoint;

/// A table's data file that a checkpoint needs: never ours to delete.
///
/// @param key in the lake
/// @param bytes its length
record BorrowedFile(String key, long bytes) {}
