package dev.freshet.table;

import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chooses the data files that are worth being rewritten as fewer ones. No file is put into a new one of which
/// it would be more than two thirds, so a row is rewritten a few times at most, however often files are added.
/// Files are joined with their neighbours in time only, so what was written in some order stays in it.
/// Immutable.
///
/// @param targetBytes how large the new files may become
public record SmallFiles(long targetBytes) {
    /// More make a heavy commit.
    private static final int MOST_IN_GROUP = 5_000;

    private static final Comparator<DataFile> BY_AGE =
            Comparator.comparing(DataFile::modified).thenComparing(DataFile::path);

    public SmallFiles {
        if (targetBytes < 1) {
            throw new IllegalArgumentException("files become a byte large at least");
        }
    }

    /// Why no file of this table can be rewritten.
    public static Optional<String> refusal(Snapshot snapshot) {
        if (snapshot.hasDeletionVectors()) {
            return Optional.of(
                    "table %s: version %d has deletion vectors, which rewriting its files would undo; apply them first (REORG TABLE … APPLY (PURGE) in Spark)"
                            .formatted(snapshot.table(), snapshot.version()));
        }
        try {
            Support.requireWritable(
                    snapshot.table(),
                    snapshot.state().protocol(),
                    snapshot.state().metadata());
            return Optional.empty();
        } catch (FreshetException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// What to rewrite, partition by partition; nothing where [#refusal] has a reason.
    public List<FileGroup> groups(Snapshot snapshot) {
        if (refusal(snapshot).isPresent()) {
            return List.of();
        }
        Map<Map<String, String>, List<DataFile>> partitions = new LinkedHashMap<>();
        snapshot.files().stream()
                .filter(file -> file.bytes() <= targetBytes / 2)
                .sorted(BY_AGE)
                .forEach(file -> partitions
                        .computeIfAbsent(file.partition(), _ -> new ArrayList<>())
                        .add(file));
        List<FileGroup> groups = new ArrayList<>();
        partitions.forEach((partition, files) -> bins(files).stream()
                .flatMap(bin -> balanced(bin).stream())
                .forEach(bin -> groups.add(new FileGroup(partition, bin))));
        return groups;
    }

    private List<List<DataFile>> bins(List<DataFile> files) {
        List<List<DataFile>> bins = new ArrayList<>();
        long room = 0;
        for (DataFile file : files) {
            if (bins.isEmpty() || file.bytes() > room || bins.getLast().size() == MOST_IN_GROUP) {
                bins.add(new ArrayList<>());
                room = targetBytes;
            }
            bins.getLast().add(file);
            room -= file.bytes();
        }
        return bins;
    }

    /// Without files that are more than twice as large as all the others together: those before and after one are
    /// groups of their own.
    private static List<List<DataFile>> balanced(List<DataFile> bin) {
        if (bin.size() < 2) {
            return List.of();
        }
        long all = bin.stream().mapToLong(DataFile::bytes).sum();
        for (int i = 0; i < bin.size(); i++) {
            if (3 * bin.get(i).bytes() > 2 * all) {
                List<List<DataFile>> rest = new ArrayList<>(balanced(bin.subList(0, i)));
                rest.addAll(balanced(bin.subList(i + 1, bin.size())));
                return rest;
            }
        }
        return List.of(bin);
    }
}
