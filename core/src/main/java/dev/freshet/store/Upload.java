package dev.freshet.store;

import java.io.IOException;
import java.io.OutputStream;

/// A new object that is written as a stream. Nobody sees it before [#finish()] has returned; then it is complete
/// and durable. Closing it unfinished discards it, closing it again does nothing. Confined to one thread.
public abstract class Upload extends OutputStream {
    /// Makes the object visible and durable, and closes this stream. Fails if the name is taken.
    public abstract void finish() throws IOException;

    /// Makes durable what was written so far, so that less is left for [#finish()], which also throws what fails here.
    /// Alone among the methods, another thread may call it meanwhile. A store need not do anything.
    public void settle() {}
}
