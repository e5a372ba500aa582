package dev.freshet.checkpoint;

import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of one checkpoint without reading its state: an entry of the catalog. Immutable.
///
/// @param id also the name of its folder
/// @param identifier what its task calls it
/// @param fingerprint of what the state was made by and for, as unsigned 64 bits: state with another one cannot
///   be used
/// @param steps how many steps of the task it includes
/// @param processedRecords how many records the task had processed
public record Checkpoint(
        UUID id,
        @Nullable String identifier,
        long fingerprint,
        CheckpointSize size,
        @Nullable Long steps,
        @Nullable Long processedRecords) {
    public Checkpoint {
        CheckpointIds.requireNotNil(id);
    }

    /// As sixteen hexadecimal digits.
    public String fingerprintText() {
        return text(fingerprint);
    }

    static String text(long fingerprint) {
        return HexFormat.of().toHexDigits(fingerprint);
    }
}
