package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds a checkpoint that is whole.
record Restorer(CheckpointFiles files, String owner) {
    private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);

    /// The newest that is whole; empty only if there is none at all.
    Optional<Restored> newest(List<Checkpoint> listed) {
        List<String> passedOver = new ArrayList<>();
        for (Checkpoint checkpoint : listed.reversed()) {
            List<String> faults = files.faults(checkpoint);
            if (faults.isEmpty()) {
                return Optional.of(restored(checkpoint, passedOver));
            }
            passedOver.add(damaged(checkpoint.id(), faults));
            LOG.warn("{}; the one before it is taken", passedOver.getLast());
        }
        if (!listed.isEmpty()) {
            throw new FreshetException(
                    ErrorCode.CORRUPT, "no checkpoint of " + owner + " is whole: " + String.join("; ", passedOver));
        }
        return Optional.empty();
    }

    Restored one(List<Checkpoint> listed, UUID id) {
        Checkpoint checkpoint = listed.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new FreshetException(ErrorCode.UNKNOWN_ID, owner + " has no checkpoint " + id));
        List<String> faults = files.faults(checkpoint);
        if (!faults.isEmpty()) {
            throw new FreshetException(ErrorCode.CORRUPT, damaged(id, faults));
        }
        return restored(checkpoint, List.of());
    }

    private Restored restored(Checkpoint checkpoint, List<String> passedOver) {
        return new Restored(files, checkpoint, files.dependencies(checkpoint.id()), passedOver);
    }

    private String damaged(UUID id, List<String> faults) {
        return "checkpoint " + id + " of " + owner + " cannot be used: " + String.join(", ", faults);
    }
}
