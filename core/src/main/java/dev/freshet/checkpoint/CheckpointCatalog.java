package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.NumberedDocument;
import dev.freshet.store.NumberedDocuments;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The list of an owner's checkpoints: the newest of the numbered documents in `catalog`. One that is lost or
/// damaged is refused, because to take it for an empty list would make garbage of every checkpoint.
final class CheckpointCatalog {
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private final CheckpointFiles files;
    private final String owner;
    private final String path;
    private final Puts puts;
    private final NumberedDocuments documents;

    CheckpointCatalog(Store store, Host host, CheckpointFiles files, String owner) {
        this.files = files;
        this.owner = owner;
        this.path = files.folder().catalog();
        this.puts = new Puts(store, host, DEADLINE);
        this.documents = new NumberedDocuments(store, puts, path);
    }

    /// Empty when this owner never had a checkpoint. The folders are looked at first, because a holder puts a
    /// document before it makes any.
    Optional<CatalogDocument> newest() {
        List<UUID> ids = files.ids();
        Optional<NumberedDocument> newest = documents.newest();
        if (newest.isEmpty() && !ids.isEmpty()) {
            throw unusable(path + " is lost, though there are folders of " + ids.size() + " checkpoints");
        }
        return newest.map(this::parsed);
    }

    /// For a holder, whose collection would delete what the catalog does not list: refuses also when the
    /// catalog's end is lost, as a checkpoint tells that was to be listed further on.
    Optional<CatalogDocument> newestWhole() {
        Optional<CatalogDocument> newest = newest();
        newest.ifPresent(this::requireEnd);
        return newest;
    }

    private void requireEnd(CatalogDocument newest) {
        for (UUID id : files.ids()) {
            if (newest.find(id).isEmpty()) {
                Damage.unless(() -> files.marker(id)).ifPresent(this::requireNotBeyondEnd);
            }
        }
    }

    /// Whoever wrote the marker knew the document below, and so it is still there, or one after it.
    private void requireNotBeyondEnd(Marker marker) {
        long last = lastNumber();
        if (last < marker.number() - 1) {
            throw unusable(path + " ends with document " + last + ", though checkpoint "
                    + marker.checkpoint().id() + " was to be listed in " + marker.number());
        }
    }

    private CatalogDocument parsed(NumberedDocument document) {
        String key = key(document.number());
        try {
            return CatalogDocument.read(document.number(), key, document.text().getBytes(UTF_8));
        } catch (FreshetException e) {
            throw unusable(e.getMessage());
        }
    }

    private FreshetException unusable(@Nullable String what) {
        return new FreshetException(
                ErrorCode.CORRUPT,
                "the checkpoints of " + owner + " are left alone: " + what + "; 'freshet checkpoint repair " + owner
                        + "' makes the catalog again from the markers");
    }

    boolean isNewest(CatalogDocument document) {
        return documents.find(document.number() + 1).isEmpty();
    }

    /// The highest number there is, whatever the document holds.
    long lastNumber() {
        return documents.newest().map(NumberedDocument::number).orElse(-1L);
    }

    PutAnswer put(CatalogDocument document) {
        return puts.put(key(document.number()), document.text().getBytes(UTF_8));
    }

    /// Puts a document that was decided on the one before it. Unless that one is still there, and nothing was
    /// there before a first one, the number was used and cleaned away meanwhile: then only the state can tell,
    /// and this is `UNKNOWN`.
    PutAnswer append(@Nullable CatalogDocument before, CatalogDocument document) {
        PutAnswer answer = put(document);
        return answer == PutAnswer.CREATED && !follows(before, document) ? PutAnswer.UNKNOWN : answer;
    }

    private boolean follows(@Nullable CatalogDocument before, CatalogDocument document) {
        return before == null
                ? lastNumber() == document.number()
                : documents
                        .find(before.number())
                        .map(found -> parsed(found).writer().equals(before.writer()))
                        .orElse(false);
    }

    private String key(long number) {
        return path + "/" + number + ".json";
    }
}
