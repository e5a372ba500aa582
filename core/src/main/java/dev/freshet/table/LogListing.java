package dev.freshet.table;

import dev.freshet.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All numbered files of a log at one moment, by number. Immutable.
final class LogListing {
    private static final Pattern NUMBERED = Pattern.compile("\\d{20}\\..+");
    private static final Pattern WHOLE = Pattern.compile("\\d{20}\\.checkpoint\\.parquet");
    private static final Pattern PART = Pattern.compile("\\d{20}\\.checkpoint\\.(\\d{10})\\.(\\d{10})\\.parquet");

    private final NavigableMap<Long, List<StoredObject>> numbers = new TreeMap<>();
    private final NavigableMap<Long, Instant> checkpoints = new TreeMap<>();
    private final Instant newest;

    /// @param files of the log's folder, sorted by name
    LogListing(List<StoredObject> files) {
        files.stream()
                .filter(file -> NUMBERED.matcher(file.name()).matches())
                .forEach(file -> numbers.computeIfAbsent(TableLog.version(file.key()), _ -> new ArrayList<>())
                        .add(file));
        numbers.forEach((number, its) -> {
            if (isCheckpointed(its)) {
                checkpoints.put(number, written(its));
            }
        });
        newest = numbers.values().stream()
                .map(LogListing::youngest)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /// The same looked at later; its newest file may be from long ago.
    LogListing asOf(Instant now) {
        return now.isAfter(newest) ? new LogListing(this, now) : this;
    }

    private LogListing(LogListing same, Instant newest) {
        this.numbers.putAll(same.numbers);
        this.checkpoints.putAll(same.checkpoints);
        this.newest = newest;
    }

    /// The highest number; -1 without any.
    long last() {
        return numbers.isEmpty() ? -1 : numbers.lastKey();
    }

    /// The store's time of its newest file of this log, or a later one.
    Instant newest() {
        return newest;
    }

    /// The last complete checkpoint whose version was made this long before the newest file, and from which what is
    /// needed can be read.
    Optional<Long> checkpointBefore(Duration age, OptionalLong needed) {
        Instant limit = newest.minus(age);
        long first = capped(needed).orElse(Long.MAX_VALUE);
        return checkpoints.descendingMap().entrySet().stream()
                .filter(checkpoint -> !checkpoint.getValue().isAfter(limit) && checkpoint.getKey() <= first)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// The last complete checkpoint that is not above a version.
    Optional<Long> checkpointUpTo(long version) {
        return Optional.ofNullable(checkpoints.floorKey(version));
    }

    /// The first of the versions that were the newest one within the age or are needed, as far as versions can be read.
    Optional<Long> firstNeeded(Duration age, OptionalLong needed) {
        return oldestReadable().map(oldest -> {
            long first = Math.min(newestAt(age).orElse(oldest), capped(needed).orElse(Long.MAX_VALUE));
            return Math.max(oldest, first);
        });
    }

    /// Who needs a version that is older than the cap has waited for too long.
    private OptionalLong capped(OptionalLong needed) {
        return needed.isEmpty()
                ? needed
                : OptionalLong.of(
                        Math.max(needed.getAsLong(), newestAt(StillNeeded.CAP).orElse(0)));
    }

    /// The version that was the newest one this long before the newest file.
    private OptionalLong newestAt(Duration age) {
        Instant limit = newest.minus(age);
        return numbers.descendingMap().entrySet().stream()
                .filter(number -> !written(number.getValue()).isAfter(limit))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    /// The first version that can be read, and from which on all can.
    Optional<Long> oldestReadable() {
        boolean whole = numbers.getOrDefault(0L, List.of()).stream().anyMatch(LogListing::isCommit);
        return whole ? Optional.of(0L) : checkpoints.keySet().stream().findFirst();
    }

    /// When a version was made, by the store.
    Optional<Instant> madeAt(long version) {
        return Optional.ofNullable(numbers.get(version)).map(LogListing::written);
    }

    /// The files of the numbers below, the lowest number first.
    Collection<List<StoredObject>> below(long version) {
        return numbers.headMap(version).values();
    }

    static Instant youngest(List<StoredObject> files) {
        return files.stream()
                .map(StoredObject::modified)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// A checkpoint may be written long after its version: the commit's time counts as long as it is there.
    private static Instant written(List<StoredObject> files) {
        return files.stream()
                .filter(LogListing::isCommit)
                .map(StoredObject::modified)
                .findFirst()
                .orElseGet(() -> youngest(files));
    }

    private static boolean isCommit(StoredObject file) {
        return TableLog.isCommit(file.name());
    }

    /// Other engines write checkpoints in parts, of which none may be missing.
    private static boolean isCheckpointed(List<StoredObject> files) {
        Map<String, Set<String>> parts = new HashMap<>();
        for (StoredObject file : files) {
            if (WHOLE.matcher(file.name()).matches()) {
                return true;
            }
            Matcher part = PART.matcher(file.name());
            if (part.matches()) {
                parts.computeIfAbsent(part.group(2), _ -> new HashSet<>()).add(part.group(1));
            }
        }
        return parts.entrySet().stream().anyMatch(set -> set.getValue().size() == Integer.parseInt(set.getKey()));
    }
}
