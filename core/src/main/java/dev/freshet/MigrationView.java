package dev.freshet;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A migration of the lake's layout as people look at it. Immutable.
///
/// @param layout the layout that it leads to
/// @param appliedAt when it was applied to this lake, if it was
public record MigrationView(int layout, String name, String what, State state, Optional<Instant> appliedAt) {
    /// Where a lake stands with it.
    public enum State {
        /// Still to be applied.
        PENDING,
        APPLIED,
        /// The lake was made with a later layout.
        NOT_NEEDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
