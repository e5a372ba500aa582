package dev.freshet.checkpoint;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The checkpoints of one owner as anybody may look at them, without a lease and without changing anything. Reads
/// the lake anew each time. Safe for use by many threads. A catalog that is lost or damaged is a `CORRUPT`, never
/// an empty list.
public final class Checkpoints {
    private final CheckpointFiles files;
    private final CheckpointCatalog catalog;

    public Checkpoints(Store store, Host host, String owner) {
        this(store, host, OwnerFolder.of(owner), owner);
    }

    private Checkpoints(Store store, Host host, OwnerFolder folder, String owner) {
        this.files = new CheckpointFiles(store, folder);
        this.catalog = new CheckpointCatalog(store, host, files, owner);
    }

    /// Whether this owner ever had a checkpoint, or lost the catalog of those that it had.
    public boolean exist() {
        return catalog.lastNumber() >= 0 || !files.ids().isEmpty();
    }

    /// Oldest first.
    public List<Checkpoint> list() {
        return catalog.newest().map(CatalogDocument::checkpoints).orElse(List.of());
    }

    /// What the checkpoint with that id takes, listed or not; nothing if there is none.
    public CheckpointSize measure(UUID id) {
        CheckpointIds.requireNotNil(id);
        long own = files.objects(id).stream()
                .filter(object -> OwnerFolder.isState(object.name()))
                .mapToLong(object -> object.size())
                .sum();
        long shared = Damage.unless(() -> files.dependencies(id))
                .map(needed -> needed.size().shared())
                .orElse(0L);
        return new CheckpointSize(own, shared);
    }

    /// Reads everything that the listed checkpoints need and compares it with what was written down.
    public List<Verified> verify() {
        return list().stream()
                .map(checkpoint -> new Verified(checkpoint, files.faults(checkpoint)))
                .toList();
    }

    /// All bytes of this owner's checkpoints, those in the making and garbage included; borrowed files are not.
    public long storageInUse() {
        return files.storageInUse();
    }

    /// The keys of the tables' data files that any listed checkpoint of any owner needs: whoever deletes data
    /// files leaves these alone, and leaves all alone when this fails.
    public static Set<String> borrowed(Store store, Host host) {
        Set<String> keys = new TreeSet<>();
        for (String name : store.folders(OwnerFolder.ROOT)) {
            Checkpoints owner = new Checkpoints(store, host, OwnerFolder.named(name), name);
            for (Checkpoint checkpoint : owner.list()) {
                owner.files.dependencies(checkpoint.id()).borrowed().forEach(file -> keys.add(file.key()));
            }
        }
        return Collections.unmodifiableSet(keys);
    }
}
