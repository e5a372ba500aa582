package dev.freshet.event;

/// What became of an event that was given to an [EventRecorder].
public enum Acceptance {
    /// It will be stored, or counted as dropped.
    ACCEPTED,
    /// Its type is not among those that are recorded.
    FILTERED,
    /// There was no room, or the recorder is closed. It is counted.
    DROPPED
}
