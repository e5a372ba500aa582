package dev.freshet.checkpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The shared files that some checkpoints need, by key, if every one of them could tell.
///
/// @param unreadable the lists of files that could not be read; while there is one, nobody knows what is garbage
record Needed(Set<String> keys, List<String> unreadable) {
    static Needed by(List<Checkpoint> checkpoints, CheckpointFiles files) {
        Needed needed = new Needed(new HashSet<>(), new ArrayList<>());
        checkpoints.forEach(checkpoint -> needed.add(checkpoint.id(), files));
        return needed;
    }

    private void add(UUID id, CheckpointFiles files) {
        Damage.unless(() -> files.dependencies(id))
                .ifPresentOrElse(
                        list -> list.shared()
                                .forEach(file -> keys.add(files.folder().key(file.path()))),
                        () -> unreadable.add(files.folder().dependencies(id)));
    }

    boolean has(String key) {
        return keys.contains(key);
    }

    /// Why nothing may be collected, if that is so.
    Optional<String> doubt() {
        return unreadable.isEmpty()
                ? Optional.empty()
                : Optional.of("nothing is collected: " + String.join(", ", unreadable)
                        + " cannot be read, so nobody knows which files are needed");
    }
}
