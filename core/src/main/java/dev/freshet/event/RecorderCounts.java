package dev.freshet.event;

/// What a recorder did since it was opened, in events: `recorded + recovered = stored + deadLettered + lostLater +
/// waiting`, once nothing is under way.
///
/// @param recorded accepted
/// @param recovered found in the spill of processes that had died
/// @param stored in the lake
/// @param durable of those, the ones whose callers waited for it
/// @param dropped for which there was no room
/// @param filtered of types that are not recorded
/// @param deadLettered of which the dead-letter table has a copy, with the reason
/// @param lostLater that could not be stored nor dead-lettered
/// @param failures attempts to store a batch
/// @param batches stored
/// @param waiting not stored yet
/// @param spillBytes on the local disk
public record RecorderCounts(
        long recorded,
        long recovered,
        long stored,
        long durable,
        long dropped,
        long filtered,
        long deadLettered,
        long lostLater,
        long failures,
        long batches,
        long waiting,
        long spillBytes) {}
