package dev.freshet.maintain;

import dev.freshet.event.TimeToLive;
import dev.freshet.table.FileGroup;
import dev.freshet.table.FileMerge;
import dev.freshet.table.LogRetention;
import dev.freshet.table.OldRows;
import dev.freshet.table.SmallFiles;
import dev.freshet.table.Snapshot;
import dev.freshet.table.StillNeeded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which rules hold for one table.
record Rules(TableFolder folder, MaintainTerms terms, StillNeeded needed) {
    /// How long a table's rows are kept; written by whoever makes the table.
    static final String TIME_TO_LIVE = "freshet.time_to_live";

    /// How large the table's files become, if not as everywhere; Delta's own property.
    static final String TARGET_BYTES = "delta.targetFileSize";

    /// Whoever looks for one run in the ledger reads a whole file of it.
    private static final long LEDGER_BYTES = 1 << 20;

    /// What is too old, if the table says how long its rows live.
    Optional<OldRows> oldRows(Snapshot snapshot, Instant now) {
        return Optional.ofNullable(snapshot.properties().get(TIME_TO_LIVE))
                .flatMap(text -> TimeToLive.parse(text).duration())
                .map(lives -> new OldRows("timestamp", "day", now.minus(lives)));
    }

    SmallFiles smallFiles(Snapshot snapshot) {
        long general = folder.isLedger() ? Math.min(LEDGER_BYTES, terms.targetBytes()) : terms.targetBytes();
        return new SmallFiles(Optional.ofNullable(snapshot.properties().get(TARGET_BYTES))
                .flatMap(Sizes::bytes)
                .orElse(general));
    }

    FileMerge.Output output(Snapshot snapshot) {
        return new FileMerge.Output(smallFiles(snapshot).targetBytes(), terms.files());
    }

    /// A rollup's files are laid out by the task that makes it.
    List<FileGroup> groups(Snapshot snapshot) {
        return folder.isRollup() ? List.of() : smallFiles(snapshot).groups(snapshot);
    }

    Optional<String> refusal(Snapshot snapshot) {
        return folder.isRollup() ? Optional.empty() : SmallFiles.refusal(snapshot);
    }

    /// Nothing goes that a holder of the longest lease may still count on.
    LogRetention logs() {
        return terms.logs().outlasting(needed.longestLease());
    }
}
