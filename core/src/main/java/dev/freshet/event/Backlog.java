package dev.freshet.event;

import java.util.Optional;

/// Accepted entries of one table that are not stored yet, the oldest first. Any thread may offer; one lane takes. A
/// batch that was taken stays in the backlog until it is acknowledged, and is the only one until then.
interface Backlog {
    /// False when there is no room.
    boolean offer(Waiting entry);

    /// The next batch, of at most so many bytes or of one entry; empty when nothing waits. The same one again until it
    /// is acknowledged.
    Optional<Taken> take(int maxBytes);

    /// Forgets the batch taken last: it is stored.
    void acknowledge();

    /// The batch taken last will not be stored soon: keeps what waits as safe as it can.
    void secure();

    /// Entries that wait, those of the batch taken last among them.
    int size();

    long bytes();

    /// What remains is left as it is, for another process if it can be.
    void close();
}
