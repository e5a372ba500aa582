package dev.freshet.checkpoint;

import java.util.ArrayList;
import java.util.List;

/// What a collection did. Files that could not be deleted stay until the next holder opens the checkpoints.
///
/// @param removed the checkpoints that are listed no more, oldest first
/// @param files deleted
/// @param bytes deleted
/// @param warnings what was left, and why
public record Collected(List<Checkpoint> removed, int files, long bytes, List<String> warnings) {
    static final Collected NOTHING = new Collected(List.of(), 0, 0, List.of());

    public Collected {
        removed = List.copyOf(removed);
        warnings = List.copyOf(warnings);
    }

    static Collected stopped(String why) {
        return new Collected(List.of(), 0, 0, List.of(why));
    }

    /// Both together.
    public Collected and(Collected other) {
        List<Checkpoint> allRemoved = new ArrayList<>(removed);
        allRemoved.addAll(other.removed);
        List<String> allWarnings = new ArrayList<>(warnings);
        allWarnings.addAll(other.warnings);
        return new Collected(allRemoved, files + other.files, bytes + other.bytes, allWarnings);
    }

    Collected without(List<Checkpoint> gone) {
        return new Collected(gone, files, bytes, warnings);
    }
}
