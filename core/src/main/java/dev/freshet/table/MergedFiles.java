package dev.freshet.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rows of a group in new files, which no commit names yet. Immutable.
public record MergedFiles(FileGroup group, List<DataFile> files) {
    private static final String OPERATION = "OPTIMIZE";

    public MergedFiles {
        files = List.copyOf(files);
    }

    /// Those whose group's files are all part of the snapshot with the very rows that were read.
    public static List<MergedFiles> standing(Snapshot newest, List<MergedFiles> merged) {
        Set<String> untouched = untouched(newest);
        return merged.stream()
                .filter(one -> one.group().files().stream().map(DataFile::path).allMatch(untouched::contains))
                .toList();
    }

    /// A file of which rows were deleted since has the same path and a deletion vector.
    private static Set<String> untouched(Snapshot newest) {
        return newest.state().files().values().stream()
                .filter(file -> file.deletionVector() == null)
                .map(file -> file.file().path())
                .collect(Collectors.toSet());
    }

    /// Puts the new files into the place of the old ones, where all of a group's are still there; empty when that is
    /// so of no group. The rows stay the same.
    public static Optional<Change> change(Snapshot newest, List<MergedFiles> merged) {
        List<MergedFiles> standing = standing(newest, merged);
        if (standing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Change.of(OPERATION)
                .withoutDataChange()
                .remove(standing.stream()
                        .flatMap(one -> one.group().files().stream())
                        .toList())
                .add(standing.stream().flatMap(one -> one.files().stream()).toList())
                .info("operationParameters", Map.of("predicate", "[]")));
    }
}
