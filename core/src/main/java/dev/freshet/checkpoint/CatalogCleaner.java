package dev.freshet.checkpoint;

import dev.freshet.host.Host;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the oldest documents of a catalog, which newer ones have replaced: in ascending order, and none that
/// is younger than the floor. It may die between any two, and there may be several at work.
final class CatalogCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogCleaner.class);
    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,17})\\.json");
    private static final int MOST = 1000;

    private final Store store;
    private final Host host;
    private final String folder;
    private final Duration floor;

    CatalogCleaner(Store store, Host host, String folder, Duration floor) {
        this.store = store;
        this.host = host;
        this.folder = folder;
        this.floor = floor;
    }

    /// What cannot be done now is done another time.
    void clean(CatalogDocument newest) {
        long begun = host.nanos();
        try {
            List<StoredObject> documents = store.list(folder, "").stream()
                    .filter(object -> number(object).isPresent())
                    .sorted(Comparator.comparing(object -> number(object).orElseThrow()))
                    .toList();
            Optional<Instant> limit = documents.stream()
                    .map(StoredObject::modified)
                    .max(Comparator.naturalOrder())
                    .map(youngest -> youngest.minus(floor));
            documents.stream()
                    .limit(MOST)
                    .takeWhile(object -> number(object).orElseThrow() < newest.number())
                    .takeWhile(object -> !object.modified().isAfter(limit.orElseThrow()))
                    .takeWhile(_ -> host.nanos() - begun <= floor.toNanos())
                    .forEach(object -> store.delete(object.key()));
        } catch (StoreException e) {
            LOG.warn("{} is not cleaned: {}", folder, e.getMessage());
        }
    }

    private static Optional<Long> number(StoredObject object) {
        Matcher matcher = NAME.matcher(object.name());
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }
}
