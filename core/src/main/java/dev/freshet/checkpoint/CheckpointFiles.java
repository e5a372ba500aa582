package dev.freshet.checkpoint;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads what an owner's checkpoints consist of. What is missing or damaged is an exception with the code
/// `CORRUPT`.
final class CheckpointFiles {
    private final Store store;
    private final OwnerFolder folder;

    CheckpointFiles(Store store, OwnerFolder folder) {
        this.store = store;
        this.folder = folder;
    }

    OwnerFolder folder() {
        return folder;
    }

    /// The folders that bear an id, listed in the catalog or not.
    List<UUID> ids() {
        return store.folders(folder.path()).stream()
                .flatMap(name -> CheckpointIds.of(name).stream())
                .toList();
    }

    /// What we may have made in a checkpoint's folder; nothing if there is none.
    List<StoredObject> objects(UUID id) {
        return store.list(folder.folder(id), "").stream()
                .filter(object -> OwnerFolder.isOurs(object.name()))
                .toList();
    }

    /// The data files beside the checkpoints.
    List<StoredObject> shared() {
        return store.list(folder.path(), "").stream()
                .filter(object -> OwnerFolder.isShared(object.name()))
                .toList();
    }

    Marker marker(UUID id) {
        String key = folder.marker(id);
        return Marker.read(key, store.read(key));
    }

    Dependencies dependencies(UUID id) {
        String key = folder.dependencies(id);
        return Dependencies.read(id, key, store.read(key));
    }

    /// A file as it was written.
    byte[] content(OwnedFile file) {
        String key = folder.key(file.path());
        byte[] content = store.read(key);
        file.requireIntact(key, content);
        return content;
    }

    /// Everything of a checkpoint that is missing or damaged; reads all that it owns.
    List<String> faults(Checkpoint checkpoint) {
        List<String> faults = new ArrayList<>();
        Damage.in(() -> requireMarked(checkpoint)).ifPresent(faults::add);
        Damage.in(() -> collectFaults(dependencies(checkpoint.id()), faults)).ifPresent(faults::add);
        return faults;
    }

    private void collectFaults(Dependencies needed, List<String> faults) {
        for (OwnedFile file : needed.owned()) {
            Damage.in(() -> {
                        var _ = content(file);
                    })
                    .ifPresent(faults::add);
        }
        for (BorrowedFile file : needed.borrowed()) {
            Damage.in(() -> requireThere(file)).ifPresent(faults::add);
        }
    }

    private void requireMarked(Checkpoint checkpoint) {
        if (!marker(checkpoint.id()).checkpoint().equals(checkpoint)) {
            throw Damage.found(folder.marker(checkpoint.id()), "it says something else than the catalog");
        }
    }

    private void requireThere(BorrowedFile file) {
        StoredObject there =
                store.stat(file.key()).orElseThrow(() -> Damage.found(file.key(), "it is gone, and is needed"));
        if (there.size() != file.bytes()) {
            throw Damage.found(file.key(), "it has " + there.size() + " bytes and should have " + file.bytes());
        }
    }

    /// All bytes of ours but the catalog's.
    long storageInUse() {
        long folders = ids().stream()
                .flatMap(id -> objects(id).stream())
                .mapToLong(StoredObject::size)
                .sum();
        return folders + shared().stream().mapToLong(StoredObject::size).sum();
    }
}
