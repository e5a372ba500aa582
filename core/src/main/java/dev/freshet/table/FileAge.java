package dev.freshet.table;

import dev.freshet.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How old the data files that a commit names may be: half of the age at which vacuum deletes files that no version
/// names, so that a commit never names a file that may be gone.
record FileAge(Host host, Duration vacuumAge) {
    /// Why the change cannot be made, if its files were written too long ago.
    Optional<String> fault(String table, Change change) {
        Instant oldest = host.now().minus(vacuumAge.dividedBy(2));
        return change.adds().stream()
                .filter(file -> file.modified().isBefore(oldest))
                .findFirst()
                .map(file -> "table %s: the data file %s was written at %s, vacuum may have deleted it"
                        .formatted(table, file.path(), file.modified()));
    }
}
