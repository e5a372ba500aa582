package dev.freshet.checkpoint;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.PutAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a catalog again from the markers of the checkpoints that are whole. Deletes nothing.
final class Repair {
    private final Host host;
    private final CheckpointFiles files;
    private final CheckpointCatalog catalog;
    private final Tenure tenure;

    Repair(Host host, CheckpointFiles files, CheckpointCatalog catalog, Tenure tenure) {
        this.host = host;
        this.files = files;
        this.catalog = catalog;
        this.tenure = tenure;
    }

    Repaired run() {
        @Nullable List<Checkpoint> whole = whole();
        return whole == null ? rebuilt() : new Repaired(false, whole, List.of());
    }

    private @Nullable List<Checkpoint> whole() {
        return Damage.unless(catalog::newestWhole)
                .map(newest -> newest.map(CatalogDocument::checkpoints).orElse(List.of()))
                .orElse(null);
    }

    private Repaired rebuilt() {
        List<Marker> markers = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        files.ids().forEach(id -> examine(id, markers, leftOut));
        markers.sort(Marker.ORDER);
        List<Checkpoint> listed = markers.stream().map(Marker::checkpoint).toList();
        tenure.check().run();
        put(new CatalogDocument(number(markers), host.newId(), tenure.fence(), listed));
        return new Repaired(true, listed, leftOut);
    }

    private void examine(UUID id, List<Marker> markers, List<String> leftOut) {
        Damage.in(() -> {
                    Marker marker = files.marker(id);
                    List<String> faults = files.faults(marker.checkpoint());
                    if (!faults.isEmpty() || !marker.checkpoint().id().equals(id)) {
                        throw Damage.found(files.folder().folder(id), String.join(", ", faults));
                    }
                    requireNotBelow(marker);
                    markers.add(marker);
                })
                .ifPresent(leftOut::add);
    }

    private void requireNotBelow(Marker marker) {
        if (tenure.fence().isBelow(marker.fence())) {
            throw new FreshetException(
                    ErrorCode.FENCED,
                    "the checkpoints of " + tenure.owner() + " have a newer holder than the one that repairs them");
        }
    }

    /// Above every number that was ever used, as far as anything tells, so that who knew one of them cannot put
    /// the next.
    private long number(List<Marker> markers) {
        long last = markers.stream().mapToLong(Marker::number).max().orElse(-1);
        return Math.max(last, catalog.lastNumber()) + 1;
    }

    private void put(CatalogDocument document) {
        PutAnswer answer = catalog.put(document);
        switch (answer) {
            case CREATED -> {}
            case EXISTS ->
                throw new FreshetException(
                        ErrorCode.CONFLICT, "the catalog of " + tenure.owner() + " was written by somebody else");
            case UNKNOWN ->
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "the store did not say whether the catalog of " + tenure.owner() + " was written");
        }
    }
}
