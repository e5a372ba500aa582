package dev.freshet.maintain;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.FileGroup;
import dev.freshet.table.FileMerge;
import dev.freshet.table.MergedFiles;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Rewrites groups of small files, some of them with each commit: a long table is not done at once or never.
final class Joining {
    private static final long STEP_BYTES = 512L << 20;
    private static final int STEP_FILES = 5_000;

    private final RunContext context;
    private final Snapshot snapshot;
    private final FileMerge merge;
    private final Function<Function<Snapshot, Optional<Change>>, Optional<Long>> commit;
    private long rows;
    private long bytes;

    Joining(
            RunContext context,
            Snapshot snapshot,
            FileMerge.Output output,
            Function<Function<Snapshot, Optional<Change>>, Optional<Long>> commit) {
        this.context = context;
        this.snapshot = snapshot;
        this.commit = commit;
        this.merge = new FileMerge(context.store(), context.host(), snapshot, output, this::progress);
    }

    private void progress(long inGroup) {
        requireGoingOn(context);
        context.progress(rows + inGroup, bytes);
    }

    static void requireGoingOn(RunContext context) {
        if (context.cancelled()) {
            throw new FreshetException(ErrorCode.CANCELLED, context.task() + ": the run was cancelled");
        }
    }

    /// @param joined told the old files and the new ones of each commit
    void join(List<FileGroup> groups, BiConsumer<List<DataFile>, List<DataFile>> joined) {
        List<FileGroup> step = new ArrayList<>();
        long stepBytes = 0;
        int stepFiles = 0;
        for (FileGroup group : groups) {
            step.add(group);
            stepBytes += group.bytes();
            stepFiles += group.files().size();
            if (stepBytes >= STEP_BYTES || stepFiles >= STEP_FILES) {
                step(step, joined);
                step.clear();
                stepBytes = 0;
                stepFiles = 0;
            }
        }
        if (!step.isEmpty()) {
            step(step, joined);
        }
    }

    private void step(List<FileGroup> groups, BiConsumer<List<DataFile>, List<DataFile>> joined) {
        List<MergedFiles> merged = new ArrayList<>();
        Set<MergedFiles> named = new HashSet<>();
        try {
            for (FileGroup group : groups) {
                requireGoingOn(context);
                merged.add(merge.merge(group));
                rows += rows(merged.getLast().files());
                bytes += group.bytes();
                context.progress(rows, bytes);
            }
            List<MergedFiles> standing = new ArrayList<>();
            Optional<Long> version = commit.apply(newest -> {
                standing.clear();
                standing.addAll(MergedFiles.standing(newest, merged));
                named.addAll(standing);
                return MergedFiles.change(newest, standing);
            });
            if (version.isPresent()) {
                joined.accept(
                        standing.stream()
                                .flatMap(one -> one.group().files().stream())
                                .toList(),
                        standing.stream().flatMap(one -> one.files().stream()).toList());
            }
        } finally {
            merged.stream()
                    .filter(one -> !named.contains(one))
                    .forEach(one -> FileMerge.discard(context.store(), snapshot, one.files()));
        }
    }

    static long rows(List<DataFile> files) {
        return files.stream().mapToLong(file -> file.rows().orElse(0)).sum();
    }
}
