package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A checkpoint in the making: its files are written, durably, as they are given, and nobody sees them before
/// [Checkpointer#commit]. One that is never committed is garbage for the next holder to collect. Confined to one
/// thread at a time. Methods throw a [FreshetException] when the store fails; the same call may then be repeated.
public final class CheckpointDraft {
    private final UUID id;
    private final Host host;
    private final Puts puts;
    private final OwnerFolder folder;
    private final Function<String, OwnedFile> listed;
    private final Map<String, OwnedFile> owned = new LinkedHashMap<>();
    private final Map<String, BorrowedFile> borrowed = new LinkedHashMap<>();

    CheckpointDraft(UUID id, Host host, Puts puts, OwnerFolder folder, Function<String, OwnedFile> listed) {
        this.id = id;
        this.host = host;
        this.puts = puts;
        this.folder = folder;
        this.listed = listed;
    }

    public UUID id() {
        return id;
    }

    /// Writes one state file.
    ///
    /// @param name a plain file name, once in this checkpoint
    public void put(String name, byte[] content) {
        if (!OwnerFolder.isState(name)) {
            throw new IllegalArgumentException("'" + name + "' is no name for a state file");
        }
        write(OwnedFile.of(OwnerFolder.statePath(id, name), content), content);
    }

    public void put(String name, Checkpointable state) {
        put(name, state.checkpoint());
    }

    /// Writes a data file that later checkpoints may [#keep], and returns its name.
    public String share(byte[] content) {
        String name = OwnerFolder.sharedPath(CheckpointIds.next(host));
        write(OwnedFile.of(name, content), content);
        return name;
    }

    /// Needs a data file of a checkpoint that is still listed.
    public void keep(String sharedName) {
        owned.put(sharedName, listed.apply(sharedName));
    }

    /// Needs a table's data file, committed or about to be; it stays the table's.
    ///
    /// @param key in the lake
    /// @param bytes its length
    public void borrow(String key, long bytes) {
        if (key.startsWith(OwnerFolder.ROOT + "/")) {
            throw new IllegalArgumentException(key + " belongs to a checkpoint and cannot be borrowed");
        }
        borrowed.put(key, new BorrowedFile(key, bytes));
    }

    /// The keys of the files beside the checkpoints that must not go before this is committed.
    Set<String> sharedKeys() {
        Set<String> keys = new TreeSet<>();
        dependencies().shared().forEach(file -> keys.add(folder.key(file.path())));
        return keys;
    }

    /// Writes what tells of the rest: the dependencies, then the marker.
    Checkpoint complete(
            CatalogDocument before,
            long fingerprint,
            @Nullable String identifier,
            @Nullable Long steps,
            @Nullable Long processedRecords) {
        Dependencies needed = dependencies();
        Checkpoint checkpoint = new Checkpoint(id, identifier, fingerprint, needed.size(), steps, processedRecords);
        write(folder.dependencies(id), needed.text().getBytes(UTF_8));
        Marker marker = new Marker(before.number() + 1, before.fence(), checkpoint);
        write(folder.marker(id), marker.text().getBytes(UTF_8));
        return checkpoint;
    }

    private Dependencies dependencies() {
        return new Dependencies(id, List.copyOf(owned.values()), List.copyOf(borrowed.values()));
    }

    private void write(OwnedFile file, byte[] content) {
        write(folder.key(file.path()), content);
        owned.put(file.path(), file);
    }

    private void write(String key, byte[] content) {
        PutAnswer answer = puts.put(key, content);
        switch (answer) {
            case CREATED -> {}
            case EXISTS -> throw new IllegalArgumentException(key + " is written already, with other content");
            case UNKNOWN ->
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN, "the store did not say whether " + key + " was written");
        }
    }
}
