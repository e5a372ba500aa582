package dev.freshet.store;

/// What a store says about one attempt to create an object. A third answer, "not known", is a [StoreException].
public enum PutResult {
    /// The object did not exist; it now does, with exactly the given content, and durably.
    CREATED,
    /// An object of that name was there already, and was left as it is.
    EXISTS
}
