package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checkpoints of one owner in the hands of the holder of its lease: makes, restores and removes them.
/// Opening it ends what earlier holders may write, and collects what they left. Confined to one thread at a time;
/// there is nothing to close. Once it threw a `FENCED` or an `OUTCOME_UNKNOWN` it changes nothing more; after any
/// other failure the list is as it was and the work may go on.
public final class Checkpointer {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private final Host host;
    private final Puts puts;
    private final CheckpointFiles files;
    private final CatalogWriter catalog;
    private final Collector collector;
    private final Restorer restorer;
    private final int kept;
    private final CheckpointWatch watch;
    private final Collected atStart;
    private final Map<UUID, CheckpointDraft> drafts = new LinkedHashMap<>();
    private @Nullable UUID restored;

    private Checkpointer(
            Store store,
            Host host,
            CheckpointFiles files,
            CatalogWriter catalog,
            Tenure tenure,
            int kept,
            CheckpointWatch watch) {
        this.host = host;
        this.watch = watch;
        this.puts = new Puts(store, host, CheckpointCatalog.DEADLINE);
        this.files = files;
        this.catalog = catalog;
        this.collector = new Collector(store, files, catalog);
        this.restorer = new Restorer(files, tenure.owner());
        this.kept = kept;
        this.atStart = told(collector.atStart());
    }

    /// @throws FreshetException (CORRUPT) if the catalog is lost or damaged; then nothing was changed
    public static Checkpointer open(Store store, Host host, Tenure tenure, CheckpointRetention retention) {
        return open(store, host, tenure, retention, CheckpointWatch.NONE);
    }

    /// The same, with somebody who hears of it.
    public static Checkpointer open(
            Store store, Host host, Tenure tenure, CheckpointRetention retention, CheckpointWatch watch) {
        if (retention.kept() == 1) {
            LOG.warn("one checkpoint of {} is kept: if it is damaged, all its work is lost", tenure.owner());
        }
        CheckpointFiles files = new CheckpointFiles(store, OwnerFolder.of(tenure.owner()));
        CheckpointCatalog catalog = new CheckpointCatalog(store, host, files, tenure.owner());
        tenure.check().run();
        CatalogCleaner cleaner = new CatalogCleaner(store, host, files.folder().catalog(), retention.floor());
        CatalogWriter writer = CatalogWriter.take(catalog, cleaner, host, tenure);
        return new Checkpointer(store, host, files, writer, tenure, retention.kept(), watch);
    }

    private Collected told(Collected collected) {
        if (collected.files() > 0) {
            watch.collected(collected);
        }
        return collected;
    }

    /// Makes a lost or damaged catalog again from the markers of the checkpoints that are whole. Deletes nothing.
    public static Repaired repair(Store store, Host host, Tenure tenure) {
        CheckpointFiles files = new CheckpointFiles(store, OwnerFolder.of(tenure.owner()));
        CheckpointCatalog catalog = new CheckpointCatalog(store, host, files, tenure.owner());
        return new Repair(host, files, catalog, tenure).run();
    }

    /// What was collected when this was opened.
    public Collected atStart() {
        return atStart;
    }

    /// All bytes of this owner's checkpoints; borrowed files are not among them.
    public long storageInUse() {
        return files.storageInUse();
    }

    /// Oldest first.
    public List<Checkpoint> list() {
        return catalog.newest().checkpoints();
    }

    /// Refuses state that something else made: to be asked before anything is restored.
    ///
    /// @throws FreshetException (INCOMPATIBLE_STORAGE) naming both fingerprints
    public void verifyFingerprint(long fingerprint) {
        for (Checkpoint checkpoint : list()) {
            if (checkpoint.fingerprint() != fingerprint) {
                throw new FreshetException(
                        ErrorCode.INCOMPATIBLE_STORAGE,
                        "checkpoint " + checkpoint.id() + " of " + restorer.owner() + " has fingerprint "
                                + checkpoint.fingerprintText() + ", and the work now has "
                                + Checkpoint.text(fingerprint)
                                + ": what was kept was made by another definition; begin anew");
            }
        }
    }

    /// The newest checkpoint that is whole; empty only if there is none. It is kept until another one is
    /// restored.
    ///
    /// @throws FreshetException (CORRUPT) if there are checkpoints and none is whole
    public Optional<Restored> restore() {
        Optional<Restored> found = restorer.newest(list());
        found.ifPresent(one -> restored = one.checkpoint().id());
        return found;
    }

    /// A certain checkpoint. It is kept until another one is restored.
    ///
    /// @throws FreshetException (UNKNOWN_ID) if it is not listed, (CORRUPT) if it is not whole
    public Restored restore(UUID id) {
        Restored found = restorer.one(list(), CheckpointIds.requireNotNil(id));
        restored = id;
        return found;
    }

    /// A new checkpoint, to be filled and then committed.
    public CheckpointDraft begin() {
        catalog.requireOpen();
        CheckpointDraft draft =
                new CheckpointDraft(CheckpointIds.next(host), host, puts, files.folder(), this::listedShared);
        drafts.put(draft.id(), draft);
        return draft;
    }

    private OwnedFile listedShared(String name) {
        return list().stream()
                .flatMap(checkpoint -> files.dependencies(checkpoint.id()).shared())
                .filter(file -> file.path().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no listed checkpoint has a shared file " + name));
    }

    /// Makes the draft the newest checkpoint. When this returns it is durable; when it throws, this list is as it
    /// was, and the draft is given up: begin another.
    ///
    /// @param fingerprint of what made the state, as unsigned 64 bits
    /// @param identifier what the task calls it
    public Checkpoint commit(
            CheckpointDraft draft,
            long fingerprint,
            @Nullable String identifier,
            @Nullable Long steps,
            @Nullable Long processedRecords) {
        if (!draft.equals(drafts.get(draft.id()))) {
            throw new IllegalArgumentException("draft " + draft.id() + " was not begun here, or is committed already");
        }
        catalog.requireOpen();
        try {
            Checkpoint checkpoint = draft.complete(catalog.newest(), fingerprint, identifier, steps, processedRecords);
            List<Checkpoint> list = new ArrayList<>(list());
            list.add(checkpoint);
            catalog.replace(list);
            watch.committed(checkpoint);
            return checkpoint;
        } finally {
            drafts.remove(draft.id());
        }
    }

    /// Keeps the newest and, besides them, all in `except` and the restored one; removes the others, oldest
    /// first: from the catalog, then their files that nothing kept needs. Does nothing, and says why, when it
    /// cannot be told which files are needed.
    public Collected gc(Set<UUID> except) {
        except.forEach(CheckpointIds::requireNotNil);
        List<Checkpoint> older = list().subList(0, Math.max(0, list().size() - kept));
        List<Checkpoint> removed = older.stream()
                .filter(checkpoint ->
                        !except.contains(checkpoint.id()) && !checkpoint.id().equals(restored))
                .toList();
        return removed.isEmpty() ? Collected.NOTHING : told(collector.remove(removed, inUse()));
    }

    /// Removes every checkpoint: the work that they were kept for is done, or is to begin anew.
    public Collected clear() {
        return list().isEmpty() ? Collected.NOTHING : collector.remove(list(), inUse());
    }

    private Set<String> inUse() {
        Set<String> keys = new TreeSet<>();
        drafts.values().forEach(draft -> keys.addAll(draft.sharedKeys()));
        return keys;
    }
}
