package dev.freshet.rollup;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How a rollup stands against its facts, at one look. Immutable.
///
/// @param source the facts as the definition names them
/// @param version of the rollup's table; empty before its first commit
/// @param rows of the rollup
/// @param processedVersion every change of the facts up to this version is in the rows; empty while the first
///     backfill is not through
/// @param factsVersion the newest; empty while there is no such table
/// @param lagVersions how many of the facts' versions are not in the rows yet
/// @param staleSince when the first of these that changed rows was made; null when there is none
/// @param watermarkAt the facts that were there at this time are in the rows
/// @param retainedFrom facts before this time may be gone by retention; the rows of their hours stay as they were
/// @param historyFrom a backfill was told to leave out what is before this time
/// @param rebuildRequired why all is to be computed again; null when it is not
/// @param underWay work that is done in part, in words; null when there is none
public record RollupStatus(
        String name,
        String source,
        OptionalLong version,
        OptionalLong rows,
        OptionalLong processedVersion,
        OptionalLong factsVersion,
        long lagVersions,
        @Nullable Instant staleSince,
        @Nullable Instant watermarkAt,
        @Nullable Instant retainedFrom,
        @Nullable Instant historyFrom,
        OptionalLong definitionVersion,
        @Nullable String rebuildRequired,
        @Nullable String underWay,
        @Nullable LastError lastError) {}
