package dev.freshet.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Removes drafts of which nothing will become anything. A writer keeps its draft locked, so where we see its lock
/// an unlocked one is a dead process's, however young; that of a process that only sleeps stays. Where we see no
/// locks, one that was not written to for a day is taken for abandoned.
///
/// A draft of this process is never opened here: a process that closes a file loses all its locks on it (POSIX).
final class LocalSweep {
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final LocalFolders folders;
    private final LocalWriter writer;

    LocalSweep(LocalFolders folders, LocalWriter writer) {
        this.folders = folders;
        this.writer = writer;
    }

    /// The drafts in the folder and in those below it; tells how many went.
    ///
    /// @param now by the disk's own timestamps
    int tree(Path folder, Instant now) throws IOException {
        return sweep(folder, "*", now);
    }

    /// The drafts in the folder alone.
    int folder(Path folder, Instant now) throws IOException {
        return sweep(folder, LocalWriter.PREFIX + "*", now);
    }

    private int sweep(Path folder, String names, Instant now) throws IOException {
        int here = 0;
        int below = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            for (Path entry : entries) {
                if (LocalWriter.isDraft(entry)) {
                    here += removed(entry, now) ? 1 : 0;
                } else if (!isHidden(entry) && Files.isDirectory(entry)) {
                    below += sweep(entry, names, now);
                }
            }
        } catch (NoSuchFileException _) {
            // the last object of the folder was deleted meanwhile
        } catch (DirectoryIteratorException e) {
            throw Objects.requireNonNull(e.getCause());
        }
        if (here > 0) {
            folders.left(folder);
        }
        return here + below;
    }

    private static boolean isHidden(Path entry) {
        return entry.getFileName().toString().startsWith(".");
    }

    private boolean removed(Path draft, Instant now) throws IOException {
        try {
            return writer.seesLockOf(draft) ? removedUnlessLocked(draft, now) : removedIfOld(draft, now);
        } catch (NoSuchFileException | AccessDeniedException _) {
            // its writer has finished it, another process was faster, or it is for another user to remove
            return false;
        }
    }

    private static boolean removedUnlessLocked(Path draft, Instant now) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            @Nullable FileLock lock;
            try {
                lock = channel.tryLock();
            } catch (IOException _) {
                return removedIfOld(draft, now); // the file system has no locks
            }
            return lock != null && Files.deleteIfExists(draft);
        }
    }

    private static boolean removedIfOld(Path draft, Instant now) throws IOException {
        Instant written = Files.getLastModifiedTime(draft).toInstant();
        return written.isBefore(now.minus(LEFT_BEHIND)) && Files.deleteIfExists(draft);
    }
}
