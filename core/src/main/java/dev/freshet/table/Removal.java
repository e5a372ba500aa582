package dev.freshet.table;

import java.util.List;

/// Which of the snapshot's data files a [Change] removes.
sealed interface Removal {
    record None() implements Removal {}

    /// Every file of the snapshot that the commit is decided on.
    record All() implements Removal {}

    /// These, by their paths; each must still be there.
    record These(List<DataFile> files) implements Removal {
        public These {
            files = List.copyOf(files);
        }
    }
}
