package dev.freshet.checkpoint;

import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what no checkpoint needs any more: first it lists names, then the catalog must still be its own, then
/// it deletes names from that list only. What another holder made later is on no such list.
final class Collector {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    private final Store store;
    private final CheckpointFiles files;
    private final CatalogWriter catalog;

    Collector(Store store, CheckpointFiles files, CatalogWriter catalog) {
        this.store = store;
        this.files = files;
        this.catalog = catalog;
    }

    /// Removes what no listed checkpoint needs, as dead holders left it.
    Collected atStart() {
        List<StoredObject> shared = files.shared();
        List<StoredObject> dead = files.ids().stream()
                .filter(id -> catalog.newest().find(id).isEmpty())
                .flatMap(id -> files.objects(id).stream())
                .collect(Collectors.toCollection(ArrayList::new));
        Needed needed = Needed.by(catalog.newest().checkpoints(), files);
        shared.stream().filter(object -> !needed.has(object.key())).forEach(dead::add);
        return dead.isEmpty()
                ? Collected.NOTHING
                : needed.doubt().map(Collector::stopped).orElseGet(() -> delete(dead));
    }

    /// Takes checkpoints from the catalog, then deletes what only they needed.
    ///
    /// @param inUse keys of files that a checkpoint in the making needs
    Collected remove(List<Checkpoint> removed, Set<String> inUse) {
        List<Checkpoint> kept = catalog.newest().checkpoints().stream()
                .filter(checkpoint -> !removed.contains(checkpoint))
                .toList();
        Needed needed = Needed.by(kept, files);
        needed.keys().addAll(inUse);
        return needed.doubt().map(Collector::stopped).orElseGet(() -> {
            List<StoredObject> dead = onlyOf(removed, needed);
            catalog.replace(kept);
            return delete(dead).without(removed);
        });
    }

    private List<StoredObject> onlyOf(List<Checkpoint> removed, Needed needed) {
        List<StoredObject> shared = files.shared();
        Set<StoredObject> dead = new LinkedHashSet<>();
        for (Checkpoint checkpoint : removed) {
            Set<String> its = sharedKeys(checkpoint);
            shared.stream()
                    .filter(object -> its.contains(object.key()) && !needed.has(object.key()))
                    .forEach(dead::add);
            dead.addAll(files.objects(checkpoint.id()));
        }
        return List.copyOf(dead);
    }

    /// Of one whose list cannot be read they are found at the next start.
    private Set<String> sharedKeys(Checkpoint checkpoint) {
        return Needed.by(List.of(checkpoint), files).keys();
    }

    private static Collected stopped(String why) {
        LOG.warn("{}", why);
        return Collected.stopped(why);
    }

    private Collected delete(List<StoredObject> dead) {
        catalog.requireNewest();
        int deleted = 0;
        long bytes = 0;
        List<String> warnings = new ArrayList<>();
        for (StoredObject object : dead) {
            try {
                store.delete(object.key());
                deleted++;
                bytes += object.size();
            } catch (StoreException e) {
                warnings.add(object.key() + " stays until the next start: " + e.getMessage());
            }
        }
        warnings.forEach(LOG::warn);
        return new Collected(List.of(), deleted, bytes, warnings);
    }
}
