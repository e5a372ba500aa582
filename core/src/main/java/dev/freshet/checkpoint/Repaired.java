package dev.freshet.checkpoint;

import java.util.List;

/// What a repair of a catalog came to.
///
/// @param needed false when the catalog was whole, and was left as it is
/// @param listed the checkpoints that it lists now, oldest first
/// @param leftOut what looks like a checkpoint and is not whole, and why; the next collection removes it
public record Repaired(boolean needed, List<Checkpoint> listed, List<String> leftOut) {
    public Repaired {
        listed = List.copyOf(listed);
        leftOut = List.copyOf(leftOut);
    }
}
