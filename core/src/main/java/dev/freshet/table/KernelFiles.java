package dev.freshet.table;

import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A store as Kernel sees it, read only: a path is `/` and the key. What Kernel writes is caught in memory,
/// because it would finish a file even when writing it failed halfway; whoever asked for it puts it when it is
/// whole.
final class KernelFiles implements FileIO {
    private static final String COMMIT = ".json";

    private final Store store;
    private final CaughtFile caught = new CaughtFile();

    KernelFiles(Store store) {
        this.store = store;
    }

    static String path(String key) {
        return "/" + key;
    }

    private static String key(String path) {
        return path.substring(1);
    }

    byte[] caught() {
        return caught.bytes();
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String path) {
        String key = key(path);
        int slash = key.lastIndexOf('/');
        List<StoredObject> objects = store.list(key.substring(0, slash), key.substring(slash + 1));
        return io.delta.kernel.internal.util.Utils.toCloseableIterator(
                withCommits(objects).iterator());
    }

    /// Kernel wants a commit beside every checkpoint though it never reads it: a checkpoint stands for its
    /// commit.
    private static List<FileStatus> withCommits(List<StoredObject> objects) {
        Set<String> names = new HashSet<>();
        objects.forEach(object -> names.add(object.name()));
        Stream<FileStatus> missing = objects.stream()
                .filter(object -> TableLog.isCheckpoint(object.name()))
                .filter(object -> names.add(commitName(object.name())))
                .map(object -> status(commitName(object.key()), 0, object));
        return Stream.concat(objects.stream().map(object -> status(object.key(), object.size(), object)), missing)
                .sorted(Comparator.comparing(FileStatus::getPath))
                .toList();
    }

    private static String commitName(String checkpoint) {
        return checkpoint.substring(0, checkpoint.lastIndexOf('/') + 21) + COMMIT;
    }

    private static FileStatus status(String key, long size, StoredObject object) {
        return FileStatus.of(path(key), size, object.modified().toEpochMilli());
    }

    @Override
    public FileStatus getFileStatus(String path) throws FileNotFoundException {
        if (caught.isAt(path)) {
            return FileStatus.of(path, caught.bytes().length, 0);
        }
        StoredObject object = store.stat(key(path)).orElseThrow(() -> new FileNotFoundException(path));
        return status(object.key(), object.size(), object);
    }

    @Override
    public String resolvePath(String path) {
        return path;
    }

    @Override
    public boolean mkdirs(String path) {
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new StoreInput(store, key(path), path, size);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return caught.at(path);
    }

    @Override
    public boolean delete(String path) {
        throw new UnsupportedOperationException("Kernel deletes nothing here: " + path);
    }

    @Override
    public Optional<String> getConf(String name) {
        return name.equals("parquet.compression") ? Optional.of("ZSTD") : Optional.empty();
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) {
        throw new UnsupportedOperationException("Kernel copies nothing here: " + from);
    }
}
