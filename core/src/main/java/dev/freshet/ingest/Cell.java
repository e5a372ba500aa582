package dev.freshet.ingest;

import dev.freshet.batch.Vector;

/// Turns one value, as its database sends it, into an element of a vector. Stateless. Knows nothing of nulls.
@FunctionalInterface
public interface Cell {
    /// Appends the value in `data[offset]` up to `data[offset + length]`.
    ///
    /// @throws Misfit if the vector's type cannot hold the value; nothing was appended then
    void read(byte[] data, int offset, int length, Vector into);
}
