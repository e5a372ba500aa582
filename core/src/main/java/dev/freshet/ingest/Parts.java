package dev.freshet.ingest;

import java.util.List;
import java.util.Optional;

/// A table cut into parts that together are the table as its snapshot has it; none if one session should read it whole.
///
/// @param obstacle for users: why there are none though the table is large enough to be cut
public record Parts(List<Part> parts, Optional<String> obstacle) {
    public Parts {
        parts = List.copyOf(parts);
    }

    /// A table so small that further connections would cost more than they bring.
    public static Parts none() {
        return new Parts(List.of(), Optional.empty());
    }

    /// A table of which only one session can read a snapshot, or which cannot be cut.
    public static Parts none(String obstacle) {
        return new Parts(List.of(), Optional.of(obstacle));
    }
}
