package dev.freshet.event;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder on a local disk where processes of this machine keep what they accepted. Each recorder has a
/// folder of its own, named after process and instance, with a file that it locks as long as it lives; who gets
/// that lock goes on with what a dead one left, under a name of its own. The folders of one's own process are
/// never tried: a process that opens a file which it has locked, and closes it again, has lost the lock
/// (POSIX).
final class Spill {
    private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
    private static final String LOCK = "alive";
    /// Begins the names of folders that are not ready yet.
    private static final String NEW = ".";
    /// Begins the names of folders that a recorder left when it was closed.
    private static final String LEFT = "left";

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
        this.own = own(root, instance);
        this.budget = new Budget(mostBytes);
    }

    /// One at a time in a process, for the same reason.
    ///
    /// @param instance this recorder, unlike any other
    /// @throws IOException if the disk fails
    static synchronized Spill open(Path root, String instance, long mostBytes) throws IOException {
        Spill spill = new Spill(root, instance, mostBytes);
        spill.create();
        spill.adopt();
        return spill;
    }

    private static Path own(Path root, String instance) {
        return root.resolve(process() + "." + instance);
    }

    /// No other process has a name like this one, be it in another container.
    static String process() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + "-"
                + self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }

    /// Locked before others can see it.
    private void create() throws IOException {
        Path unready = root.resolve(NEW + name(own));
        Files.createDirectories(unready);
        if (!take(unready, own)) {
            throw new IOException(unready + " is in use");
        }
    }

    /// @param as what the folder is called from then on
    private boolean take(Path folder, Path as) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (channel.tryLock() != null) {
                Files.move(folder, as, StandardCopyOption.ATOMIC_MOVE);
                locks.add(channel);
                folders.add(as);
                taken = true;
            }
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken;
    }

    private void adopt() throws IOException {
        for (Path folder : folders(root)) {
            if (!name(folder).startsWith(NEW) && !name(folder).startsWith(process() + ".")) {
                try {
                    Path mine = own(root, instance(folder));
                    if (take(folder, mine)) {
                        adopt(mine);
                    }
                } catch (NoSuchFileException _) {
                    // another process was faster
                } catch (IOException e) {
                    LOG.warn("events: what {} holds cannot be read: {}", folder, e.getMessage());
                }
            }
        }
    }

    private void adopt(Path folder) throws IOException {
        for (Path table : folders(folder)) {
            left.add(new Left(instance(folder), name(table), Journal.open(name(table), table, budget)));
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static String instance(Path folder) {
        return name(folder).substring(name(folder).lastIndexOf('.') + 1);
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
                .map(Spill::instance)
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
            giveBack(folders.get(i), locks.get(i));
        }
        locks.clear();
        folders.clear();
    }

    private void giveBack(Path folder, FileChannel lock) {
        try (lock) {
            if (folders(folder).isEmpty()) {
                Files.deleteIfExists(folder.resolve(LOCK));
                Files.deleteIfExists(folder);
            } else {
                Files.move(folder, root.resolve(LEFT + "." + instance(folder)), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.warn("events: the spill {} is not given back: {}", folder, e.getMessage());
        }
    }
}
