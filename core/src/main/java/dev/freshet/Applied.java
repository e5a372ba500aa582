package dev.freshet;

/// What became of a definition that was applied: the schedule's id and the version of the definition that stands now.
public record Applied(String id, Result result, long version) {
    /// What applying it did, or would do.
    public enum Result {
        CREATED,
        UPDATED,
        UNCHANGED
    }
}
