package dev.freshet.checkpoint;

import java.util.List;

/// One checkpoint after everything that it needs was read and compared with what was written down.
///
/// @param faults what is missing or damaged; empty for a checkpoint that can be restored
public record Verified(Checkpoint checkpoint, List<String> faults) {
    public Verified {
        faults = List.copyOf(faults);
    }
}
