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

    Path root() {
        return root;
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

    /// After a file of the folder was deleted: makes that durable, and removes the folder and those above it that
    /// hold nothing, because a folder is there only as part of the names in it. A writer on its way into it makes
    /// it anew.
    void left(Path folder) throws IOException {
        try {
            sync(folder);
        } catch (NoSuchFileException _) {
            // another process deleted the last file and the folder
        }
        removeEmpty(folder);
    }

    /// Removes the folder if it holds nothing, and so on upwards.
    void removeEmpty(Path folder) {
        try {
            for (Path empty = folder; !empty.equals(root); empty = parent(empty)) {
                Files.delete(empty);
                known.remove(empty);
            }
        } catch (IOException _) {
            // it holds something, or another process was faster
        }
    }

    /// To be called when a folder turned out to be gone.
    void forget() {
        known.clear();
    }

    /// A lake that was there and is not any more has been unmounted or removed: that must not look like an empty
    /// one.
    void checkRoot() throws IOException {
        // Asked first: while nobody looks, another thread may make the folder, and see it.
        boolean seenBefore = rootSeen;
        if (Files.isDirectory(root)) {
            rootSeen = true;
        } else if (seenBefore) {
            throw new NoSuchFileException(root.toString(), null, "the lake's folder is gone");
        }
    }

    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /// Makes the entry of a name that is there durable. Until that is certain, nobody may say whether it is there.
    static void secure(Path named) {
        try {
            sync(parent(named));
        } catch (IOException e) {
            throw StoreException.unknown("cannot tell whether " + named + " is on the disk: " + e.getMessage(), e);
        }
    }

    private static void sync(Path folder) throws IOException {
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
                throw inTheWay(folder, e);
            }
        }
    }

    /// A file, unless what was there a moment ago was a folder that another process removed.
    private static IOException inTheWay(Path folder, IOException cause) {
        IOException fault = Files.exists(folder) && !Files.isDirectory(folder)
                ? new NotDirectoryException(folder.toString())
                : new NoSuchFileException(folder.toString(), null, "another process removed it");
        fault.initCause(cause);
        return fault;
    }
}
