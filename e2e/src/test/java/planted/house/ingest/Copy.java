package planted.house.ingest;

/// A task that another one looks at.
public record Copy() {}
