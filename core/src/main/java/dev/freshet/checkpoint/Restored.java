package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.List;
import java.util.stream.Stream;

/// A checkpoint that was found whole, to go on from. Its files are read when they are asked for, and checked
/// again. Immutable; nobody closes it.
public final class Restored {
    private final CheckpointFiles files;
    private final Checkpoint checkpoint;
    private final Dependencies needed;
    private final List<String> passedOver;

    Restored(CheckpointFiles files, Checkpoint checkpoint, Dependencies needed, List<String> passedOver) {
        this.files = files;
        this.checkpoint = checkpoint;
        this.needed = needed;
        this.passedOver = List.copyOf(passedOver);
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// What is wrong with newer checkpoints, in whose stead this one was taken; empty if it is the newest.
    public List<String> passedOver() {
        return passedOver;
    }

    /// The names of the state files, in the order in which they were written.
    public List<String> states() {
        return needed.states()
                .map(file -> file.path().substring(file.path().indexOf('/') + 1))
                .toList();
    }

    /// @throws FreshetException (UNKNOWN_ID) if the checkpoint has no such file
    public byte[] state(String name) {
        return content(needed.states(), OwnerFolder.statePath(checkpoint.id(), name));
    }

    /// Gives the state what [CheckpointDraft#put] took from it.
    public void into(String name, Checkpointable state) {
        state.restore(state(name));
    }

    /// The names of the data files that it shares with other checkpoints.
    public List<String> shared() {
        return needed.shared().map(OwnedFile::path).toList();
    }

    public byte[] shared(String name) {
        return content(needed.shared(), name);
    }

    /// The keys of the tables' data files that it needs.
    public List<String> borrowed() {
        return needed.borrowed().stream().map(BorrowedFile::key).toList();
    }

    private byte[] content(Stream<OwnedFile> among, String path) {
        return files.content(among.filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNKNOWN_ID, "checkpoint " + checkpoint.id() + " has no file " + path)));
    }
}
