package software.amazon.awssdk.planted;

/// Stands in for an object store's SDK, of which there is none here yet.
public final class Client {}
