package dev.freshet.ingest;

import dev.freshet.table.DataFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table's rows, all of them in data files, and how they came there.
///
/// @param resumed how many of the splits an earlier run had copied
/// @param notes what is worth keeping in the ledger
record Load(List<DoneSplit> splits, Consistency consistency, int resumed, List<String> notes) {
    Load {
        splits = List.copyOf(splits);
        notes = List.copyOf(notes);
    }

    long rows() {
        return splits.stream().mapToLong(DoneSplit::rows).sum();
    }

    List<DataFile> files() {
        return splits.stream().flatMap(split -> split.files().stream()).toList();
    }

    /// What the commit says about a copy that is not of one moment.
    Map<String, Object> extras() {
        Map<String, Object> extras = new LinkedHashMap<>();
        if (consistency == Consistency.RELAXED) {
            extras.put("consistency", "relaxed");
            extras.put("splits", splits.size());
            extras.put("splits_resumed", resumed);
            files().stream()
                    .map(DataFile::modified)
                    .min(Instant::compareTo)
                    .ifPresent(oldest -> extras.put("oldest_file", oldest.toString()));
        }
        return extras;
    }
}
