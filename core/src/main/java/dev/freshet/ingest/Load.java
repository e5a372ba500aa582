package dev.freshet.ingest;

import dev.freshet.table.DataFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A table's rows, all of them in data files, and how they came there.
///
/// @param resumed how many of the pieces an earlier run had copied
/// @param notes what is worth keeping in the ledger
record Load(List<Copied> pieces, Consistency consistency, int resumed, List<String> notes) {
    Load {
        pieces = List.copyOf(pieces);
        notes = List.copyOf(notes);
    }

    /// The same load with one more note, the first.
    Load noting(String note) {
        List<String> more = new ArrayList<>(notes);
        more.addFirst(note);
        return new Load(pieces, consistency, resumed, more);
    }

    long rows() {
        return pieces.stream().mapToLong(Copied::rows).sum();
    }

    List<DataFile> files() {
        return pieces.stream().flatMap(piece -> piece.files().stream()).toList();
    }

    /// The columns of which values were made to fit, with how many in all pieces.
    Map<String, Long> mended() {
        Map<String, Long> sums = new TreeMap<>();
        pieces.forEach(piece -> piece.mended().forEach((column, count) -> sums.merge(column, count, Long::sum)));
        return sums;
    }

    /// What the commit says about a copy that is not of one moment.
    Map<String, Object> extras() {
        Map<String, Object> extras = new LinkedHashMap<>();
        if (consistency == Consistency.RELAXED) {
            extras.put("consistency", "relaxed");
            extras.put("splits", pieces.size());
            extras.put("splits_resumed", resumed);
            files().stream()
                    .map(DataFile::modified)
                    .min(Instant::compareTo)
                    .ifPresent(oldest -> extras.put("oldest_file", oldest.toString()));
        }
        return extras;
    }
}
