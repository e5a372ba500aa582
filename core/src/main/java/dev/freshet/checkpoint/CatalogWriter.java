package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The catalog in the hands of its holder. What it says changes only when the new document is in the store; when
/// that is not certain, or another holder came, nothing more is written. Confined to one thread at a time.
final class CatalogWriter {
    private static final int CLEANED_EVERY = 100;

    private final CheckpointCatalog catalog;
    private final CatalogCleaner cleaner;
    private final Host host;
    private final Tenure tenure;
    private CatalogDocument newest;
    private @Nullable FreshetException end;

    private CatalogWriter(
            CheckpointCatalog catalog, CatalogCleaner cleaner, Host host, Tenure tenure, CatalogDocument own) {
        this.catalog = catalog;
        this.cleaner = cleaner;
        this.host = host;
        this.tenure = tenure;
        this.newest = own;
    }

    /// Puts a document of this holder's, after which no earlier holder can put another one.
    static CatalogWriter take(CheckpointCatalog catalog, CatalogCleaner cleaner, Host host, Tenure tenure) {
        while (true) {
            Optional<CatalogDocument> found = catalog.newestWhole();
            found.ifPresent(document -> requireNotFenced(tenure, document));
            CatalogDocument own = found.map(document -> takenOver(document, host.newId(), tenure))
                    .orElseGet(() -> new CatalogDocument(0, host.newId(), tenure.fence(), List.of()));
            switch (catalog.append(found.orElse(null), own)) {
                case CREATED -> {
                    cleaner.clean(own);
                    return new CatalogWriter(catalog, cleaner, host, tenure, own);
                }
                case EXISTS -> {}
                case UNKNOWN -> throw unknown(tenure);
            }
        }
    }

    private static CatalogDocument takenOver(CatalogDocument document, String writer, Tenure tenure) {
        return new CatalogDocument(document.number() + 1, writer, tenure.fence(), document.checkpoints());
    }

    private static void requireNotFenced(Tenure tenure, CatalogDocument document) {
        if (tenure.fence().isBelow(document.fence())) {
            throw fenced(tenure);
        }
    }

    CatalogDocument newest() {
        return newest;
    }

    /// @throws FreshetException (FENCED, OUTCOME_UNKNOWN) after which this writes nothing more, or what the store
    ///   or the lease has against it; the list is as it was
    void replace(List<Checkpoint> checkpoints) {
        requireOpen();
        CatalogDocument next = newest.next(host.newId(), checkpoints);
        switch (catalog.append(newest, next)) {
            case CREATED -> written(next);
            case EXISTS -> throw ending(fenced(tenure));
            case UNKNOWN -> throw ending(unknown(tenure));
        }
    }

    private void written(CatalogDocument next) {
        newest = next;
        if (next.number() % CLEANED_EVERY == 0) {
            cleaner.clean(next);
        }
    }

    /// To be asked between listing what shall be deleted and deleting it.
    void requireNewest() {
        if (!catalog.isNewest(newest)) {
            throw ending(fenced(tenure));
        }
    }

    void requireOpen() {
        if (end != null) {
            throw new FreshetException(end.code(), String.valueOf(end.getMessage()), end);
        }
        tenure.check().run();
    }

    private FreshetException ending(FreshetException why) {
        end = why;
        return why;
    }

    private static FreshetException fenced(Tenure tenure) {
        return new FreshetException(
                ErrorCode.FENCED,
                "the checkpoints of " + tenure.owner() + " were opened by another holder: the one with fence "
                        + tenure.fence() + " writes no more");
    }

    private static FreshetException unknown(Tenure tenure) {
        return new FreshetException(
                ErrorCode.OUTCOME_UNKNOWN,
                "the store did not say whether the catalog of the checkpoints of " + tenure.owner()
                        + " was written; whoever opens them next will find out");
    }
}
