package dev.freshet.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The folders of a local lake that this process has made sure of: they exist, and so do their entries on the disk.
/// Whoever created a folder may have died before its entry was durable, so the first use by each process sees to
/// that.
final class LocalFolders {
    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();
    private volatile boolean rootSeen;

    LocalFolders(Path root) {
        this.root = root;
        this.rootSeen = Files.isDirectory(root);
    }

    /// True when the folder was not known before.
    boolean ensure(Path folder) throws IOException {
        if (known.contains(folder)) {
            return false;
        }
        if (folder.equals(root)) {
            ensureRoot();
        } else {
            ensure(parent(folder));
            create(folder);
            sync(parent(folder));
        }
        return known.add(folder);
    }

    /// To be called when a folder turned out to be gone.
    void forget() {
        known.clear();
    }

    /// A lake that was there and is not any more has been unmounted or removed: that must not look like an empty
    /// one.
    void checkRoot() throws IOException {
        if (Files.isDirectory(root)) {
            rootSeen = true;
        } else if (rootSeen) {
            throw new NoSuchFileException(root.toString(), null, "the lake's folder is gone");
        }
    }

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void ensureRoot() throws IOException {
        checkRoot();
        if (!rootSeen) {
            createWithParents(root);
            rootSeen = true;
        }
    }

    private static void createWithParents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            createWithParents(parent(folder));
            create(folder);
            sync(parent(folder));
        }
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                NotDirectoryException inTheWay = new NotDirectoryException(folder.toString());
                inTheWay.initCause(e);
                throw inTheWay;
            }
        }
    }
}
