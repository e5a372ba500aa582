package dev.freshet.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A store whose every operation can be failed, delayed or observed by a test.
public abstract class InterceptedStore implements Store {
    /// What is being done to the store underneath.
    public enum Operation {
        PUT,
        READ,
        STAT,
        LIST,
        FOLDERS,
        DELETE,
        SWEEP,
        UPLOAD,
        FINISH,
        HINT
    }

    private final Store store;

    protected InterceptedStore(Store store) {
        this.store = store;
    }

    /// Runs the action or does not.
    protected abstract <T> T intercept(Operation operation, String key, Supplier<T> action);

    private void intercept(Operation operation, String key, Runnable action) {
        this.<Optional<Object>>intercept(operation, key, () -> {
            action.run();
            return Optional.empty();
        });
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        byte[] copy = content.clone();
        return intercept(Operation.PUT, key, () -> store.putIfAbsent(key, copy));
    }

    @Override
    public byte[] read(String key) {
        return intercept(Operation.READ, key, () -> store.read(key));
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        return intercept(Operation.READ, key, () -> store.read(key, offset, length));
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return intercept(Operation.STAT, key, () -> store.stat(key));
    }

    @Override
    public List<StoredObject> list(String folder, String fromName) {
        return intercept(Operation.LIST, folder, () -> store.list(folder, fromName));
    }

    @Override
    public List<String> folders(String folder) {
        return intercept(Operation.FOLDERS, folder, () -> store.folders(folder));
    }

    @Override
    public void delete(String key) {
        intercept(Operation.DELETE, key, () -> store.delete(key));
    }

    @Override
    public int sweep(String folder, Instant now) {
        return intercept(Operation.SWEEP, folder, () -> store.sweep(folder, now));
    }

    @Override
    public void hint(String key, byte[] content) {
        intercept(Operation.HINT, key, () -> store.hint(key, content));
    }

    @Override
    public Upload upload(String key) {
        return new InterceptedUpload(key, intercept(Operation.UPLOAD, key, () -> store.upload(key)));
    }

    @Override
    public URI uri(String key) {
        return store.uri(key);
    }

    @Override
    public void close() {
        store.close();
    }

    private final class InterceptedUpload extends Upload {
        private final String key;
        private final Upload upload;

        InterceptedUpload(String key, Upload upload) {
            this.key = key;
            this.upload = upload;
        }

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
            try {
                intercept(Operation.FINISH, key, this::finishUnderneath);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private void finishUnderneath() {
            try {
                upload.finish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            upload.close();
        }
    }
}
