package dev.freshet.store;

import dev.freshet.host.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/// A store in this process's memory, for tests and simulation: as strict as a real one, and gone with the process.
/// Safe for use by many threads.
public final class MemoryStore implements Store {
    private record Entry(byte[] content, Instant modified) {}

    private final ConcurrentSkipListMap<String, Entry> objects = new ConcurrentSkipListMap<>();
    private final Host host;

    public MemoryStore() {
        this(Host.system());
    }

    /// @param host whose wall clock stamps the objects
    public MemoryStore(Host host) {
        this.host = host;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        Entry entry = entry(content);
        return objects.putIfAbsent(Keys.object(key), entry) == null ? PutResult.CREATED : PutResult.EXISTS;
    }

    @Override
    public byte[] read(String key) {
        return content(key).clone();
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        byte[] content = content(key);
        if (offset < 0 || length < 0 || offset > content.length - length) {
            throw StoreException.refused(
                    "cannot read " + length + " bytes at " + offset + " of " + key + ": it has " + content.length,
                    null);
        }
        return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return Optional.ofNullable(objects.get(Keys.object(key))).map(entry -> object(key, entry));
    }

    @Override
    public List<StoredObject> list(String folder, String fromName) {
        return objects.tailMap(Keys.join(Keys.folder(folder), fromName)).entrySet().stream()
                .takeWhile(entry -> isUnder(folder, entry.getKey()))
                .filter(entry -> restOf(folder, entry.getKey()).indexOf('/') < 0)
                .map(entry -> object(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public List<String> folders(String folder) {
        return under(folder)
                .filter(rest -> rest.indexOf('/') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(Keys.object(key));
    }

    /// What is unfinished is gone with whoever holds it.
    @Override
    public int sweep(String folder, Instant now) {
        return 0;
    }

    @Override
    public Upload upload(String key) {
        return new MemoryUpload(Keys.object(key));
    }

    @Override
    public void hint(String key, byte[] content) {
        objects.put(Keys.object(key), entry(content));
    }

    @Override
    public URI uri(String key) {
        return URI.create("memory:///" + key);
    }

    @Override
    public void close() {}

    private Entry entry(byte[] content) {
        return new Entry(content.clone(), host.now());
    }

    private byte[] content(String key) {
        Entry entry = objects.get(Keys.object(key));
        if (entry == null) {
            throw new MissingObjectException(key, "there is no " + key + " in the lake", null);
        }
        return entry.content();
    }

    private Stream<String> under(String folder) {
        return objects.tailMap(Keys.join(Keys.folder(folder), "")).keySet().stream()
                .takeWhile(key -> isUnder(folder, key))
                .map(key -> restOf(folder, key));
    }

    private static boolean isUnder(String folder, String key) {
        return key.startsWith(Keys.join(folder, ""));
    }

    private static String restOf(String folder, String key) {
        return key.substring(Keys.join(folder, "").length());
    }

    private static StoredObject object(String key, Entry entry) {
        return new StoredObject(key, entry.content().length, entry.modified());
    }

    /// Bytes on their way into the map.
    private final class MemoryUpload extends Upload {
        private final String key;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean closed;

        MemoryUpload(String key) {
            this.key = key;
        }

        @Override
        public void write(int b) throws IOException {
            checkOpen();
            bytes.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            checkOpen();
            bytes.write(source, offset, length);
        }

        @Override
        public void finish() throws IOException {
            checkOpen();
            closed = true;
            if (putIfAbsent(key, bytes.toByteArray()) == PutResult.EXISTS) {
                throw new FileAlreadyExistsException(key);
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void checkOpen() throws IOException {
            if (closed) {
                throw new IOException("the upload of " + key + " is closed");
            }
        }
    }
}
