package dev.freshet.event;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder on a local disk where processes of this machine keep what they accepted. Each has a folder of its own,
/// named after its instance, with a file that it locks as long as it lives; who gets that lock goes on with what a
/// dead one left.
final class Spill {
    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final String LOCK = "alive";

    private final Path root;
    private final Path own;
    private final Budget budget;
    private final List<Left> left = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<FileChannel> locks = new ArrayList<>();

    /// What a process that is dead left of one table.
    ///
    /// @param instance of that process
    record Left(String instance, String table, Journal journal) {}

    private Spill(Path root, String instance, long mostBytes) {
        this.root = root;
        this.own = root.resolve(instance);
        this.budget = new Budget(mostBytes);
    }

    /// @param instance this process, unlike any other
    /// @throws IOException if the disk fails
    static Spill open(Path root, String instance, long mostBytes) throws IOException {
        Spill spill = new Spill(root, instance, mostBytes);
        Files.createDirectories(spill.own);
        if (!spill.lock(spill.own)) {
            throw new IOException(spill.own + " is in use");
        }
        spill.adopt();
        return spill;
    }

    private boolean lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
            locks.add(channel);
            folders.add(folder);
            return true;
        }
        channel.close();
        return false;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    private void adopt() throws IOException {
        for (Path folder : folders(root)) {
            if (!folder.equals(own)) {
                try {
                    if (lock(folder)) {
                        adopt(folder);
                    }
                } catch (IOException e) {
                    LOG.warn("events: what {} holds cannot be read: {}", folder, e.getMessage());
                }
            }
        }
    }

    private void adopt(Path folder) throws IOException {
        for (Path table : folders(folder)) {
            String name = table.getFileName().toString();
            left.add(new Left(folder.getFileName().toString(), name, Journal.open(name, table, budget)));
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(Files::isDirectory).sorted().toList();
        }
    }

    /// What dead processes left, of which this one takes care.
    List<Left> left() {
        return List.copyOf(left);
    }

    /// The processes that certainly are dead.
    List<String> dead() {
        return folders.stream()
                .filter(folder -> !folder.equals(own))
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    Journal journal(String table) throws IOException {
        return Journal.open(table, own.resolve(table), budget);
    }

    long bytes() {
        return budget.used();
    }

    /// Gives back the locks, and removes the folders in which nothing is left. The journals are closed before.
    void close() {
        for (int i = 0; i < locks.size(); i++) {
            close(folders.get(i), locks.get(i));
        }
        locks.clear();
        folders.clear();
    }

    private static void close(Path folder, FileChannel lock) {
        boolean empty = false;
        try (lock) {
            empty = folders(folder).isEmpty();
            if (empty) {
                Files.deleteIfExists(folder.resolve(LOCK));
            }
        } catch (IOException e) {
            LOG.warn("events: the spill {} is not given back: {}", folder, e.getMessage());
        }
        try {
            if (empty) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.warn("events: the empty spill {} stays: {}", folder, e.getMessage());
        }
    }
}
