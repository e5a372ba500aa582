package dev.freshet.store;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The bytes of a lake: a folder, a bucket, or memory. Keys are relative to the lake's root and separated by `/`,
/// without a leading one. A segment never begins with a dot: such names are the store's own. Every change is
/// durable when its method returns. Safe for use by many threads and processes. Methods throw [StoreException] when
/// the store is out of reach or the outcome is not known, and [IllegalArgumentException] for a key that no store
/// may see.
public interface Store extends AutoCloseable {
    /// Creates the object, whole, unless one of that name exists. Of any number of racing callers, in any number of
    /// processes, exactly one is told [PutResult#CREATED]. This is the only arbiter Freshet has.
    PutResult putIfAbsent(String key, byte[] content);

    /// The whole object. Throws [MissingObjectException] when there is none.
    byte[] read(String key);

    /// Exactly `length` bytes from `offset`; fewer are an error.
    byte[] read(String key, long offset, int length);

    Optional<StoredObject> stat(String key);

    /// The objects directly in the folder whose names are not below `fromName`, sorted by name in code point order.
    /// The root is the folder `""`. A folder that does not exist is empty.
    List<StoredObject> list(String folder, String fromName);

    /// The names of the folders directly in the folder, sorted. A folder whose last object was deleted is gone.
    List<String> folders(String folder);

    /// Removes the object; one that is not there is no error.
    void delete(String key);

    /// Removes from the folder and those below it what writers that are gone left unfinished, which no other operation
    /// shows, and tells how many there were. Where nobody can tell whether a writer is gone, a day has to pass.
    ///
    /// @param now by the clock that dates the store's objects, see [StoreTime]
    int sweep(String folder, Instant now);

    /// A new object of any size. Its name must be unique to the caller, because its content cannot be compared.
    Upload upload(String key);

    /// Creates or replaces an object that anyone could rebuild and that no decision rests on.
    void hint(String key, byte[] content);

    /// Where a foreign engine finds the object, such as `file:///lake/datasets/orders`.
    URI uri(String key);

    @Override
    void close();
}
