package dev.freshet.bench;

import dev.freshet.store.Upload;

/// Bytes that nobody keeps.
final class Nowhere extends Upload {
    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] source, int offset, int length) {}

    @Override
    public void finish() {}
}
