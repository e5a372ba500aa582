package dev.freshet.store;

/// What became of a put after every doubt that could be resolved was resolved.
public enum PutAnswer {
    /// Our bytes hold the name.
    CREATED,
    /// Another writer's bytes hold the name.
    EXISTS,
    /// The store did not say in time. The put may have arrived, or may still arrive: the caller stops and keeps its
    /// lease.
    UNKNOWN
}
