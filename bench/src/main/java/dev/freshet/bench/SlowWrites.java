package dev.freshet.bench;

import dev.freshet.control.ControlTable;
import dev.freshet.host.Host;
import dev.freshet.store.PutResult;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import dev.freshet.store.Upload;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A store each write of which takes its time, as an object store's does. Counts the commits to the control table.
final class SlowWrites implements Store {
    private final Store store;
    private final Host host;
    private final Duration write;
    private final AtomicInteger controlCommits = new AtomicInteger();

    SlowWrites(Store store, Host host, Duration write) {
        this.store = store;
        this.host = host;
        this.write = write;
    }

    int controlCommits() {
        return controlCommits.get();
    }

    private void wait(String key) {
        try {
            host.sleep(write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (key.startsWith(ControlTable.PATH + "/_delta_log/") && key.endsWith(".json")) {
            controlCommits.incrementAndGet();
        }
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        wait(key);
        return store.putIfAbsent(key, content);
    }

    @Override
    public byte[] read(String key) {
        return store.read(key);
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        return store.read(key, offset, length);
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return store.stat(key);
    }

    @Override
    public List<StoredObject> list(String folder, String fromName) {
        return store.list(folder, fromName);
    }

    @Override
    public List<String> folders(String folder) {
        return store.folders(folder);
    }

    @Override
    public void delete(String key) {
        wait(key);
        store.delete(key);
    }

    @Override
    public Upload upload(String key) {
        Upload upload = store.upload(key);
        return new Upload() {
            @Override
            public void write(int b) throws IOException {
                upload.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                upload.write(bytes, offset, length);
            }

            @Override
            public void finish() throws IOException {
                SlowWrites.this.wait(key);
                upload.finish();
            }

            @Override
            public void close() throws IOException {
                upload.close();
            }
        };
    }

    @Override
    public void hint(String key, byte[] content) {
        wait(key);
        store.hint(key, content);
    }

    @Override
    public URI uri(String key) {
        return store.uri(key);
    }

    @Override
    public void close() {
        store.close();
    }
}
