package dev.freshet.schedule;

/// What applying a definition did.
public record Applied(Schedule schedule, Effect effect) {
    public enum Effect {
        CREATED,
        UPDATED,
        UNCHANGED
    }
}
