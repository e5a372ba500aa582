package dev.freshet.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// The hidden files in which content becomes complete and durable before it gets its name. Their names are never
/// used twice, so a paused writer can never publish what another one wrote. Leftovers of killed processes are
/// removed when a process first writes to their folder and finds them a day older than its own file, by the disk's
/// own timestamps.
final class LocalDrafts {
    private static final String PREFIX = ".draft-";
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);
    private static final int TRIES = 10;

    private final LocalFolders folders;
    private final String nonce;
    private final AtomicLong count = new AtomicLong();

    /// @param nonce what tells this process's names from every other's
    LocalDrafts(LocalFolders folders, String nonce) {
        this.folders = folders;
        this.nonce = nonce;
    }

    /// Another process may remove the folder, which is empty until the draft is in it, at any moment before that.
    LocalDraft begin(Path target) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return begin(LocalFolders.parent(target), target);
            } catch (NoSuchFileException e) {
                if (tried == TRIES) {
                    throw e;
                }
                folders.forget();
            }
        }
    }

    private LocalDraft begin(Path folder, Path target) throws IOException {
        boolean first = folders.ensure(folder);
        Path hidden = Files.createFile(folder.resolve(PREFIX + nonce + "-" + count.incrementAndGet()));
        LocalDraft draft = new LocalDraft(hidden, target);
        if (first) {
            sweep(folder, Files.getLastModifiedTime(hidden));
        }
        return draft;
    }

    private static void sweep(Path folder, FileTime newest) throws IOException {
        FileTime oldest = FileTime.from(newest.toInstant().minus(LEFT_BEHIND));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path leftover : leftovers) {
                removeIfOlder(leftover, oldest);
            }
        }
    }

    private static void removeIfOlder(Path leftover, FileTime oldest) throws IOException {
        try {
            if (Files.getLastModifiedTime(leftover).compareTo(oldest) < 0) {
                Files.deleteIfExists(leftover);
            }
        } catch (NoSuchFileException _) {
            // another process finished it, or swept it first
        }
    }
}
