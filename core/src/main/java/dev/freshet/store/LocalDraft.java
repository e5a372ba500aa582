package dev.freshet.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One hidden file on its way to its name. The name appears by link(2), which either creates it, pointing at
/// content that is complete and on the disk, or fails because it exists. Until it is closed the file is locked, so
/// that nobody takes it for a dead process's. Closing removes the hidden name. A disk that has no room is found out
/// on the spot: when the draft is gone, there is room again.
final class LocalDraft extends OutputStream {
    private final LocalFolders folders;
    private final Path hidden;
    private final Path target;
    /// Unlike a channel, this stream is not closed by an interrupt in the middle of a write.
    private final FileOutputStream out;

    private boolean named;
    /// Of whoever syncs or closes the file. The system tells each failure to sync only once.
    private final Object syncing = new Object();

    private @Nullable IOException unsettled;
    private boolean closed;

    private LocalDraft(LocalFolders folders, Path hidden, Path target) throws IOException {
        this.folders = folders;
        this.hidden = hidden;
        this.target = target;
        // Opened once only: whoever is about to remove an unlocked file of this name can mean no other one.
        this.out = new FileOutputStream(hidden.toFile());
    }

    /// Throws a [NoSuchFileException] or a [FileNotFoundException][java.io.FileNotFoundException] when another process
    /// removed the folder, or the draft before it was locked.
    static LocalDraft create(LocalFolders folders, Path hidden, Path target) throws IOException {
        LocalDraft draft = new LocalDraft(folders, hidden, target);
        if (!draft.isKept()) {
            draft.close();
            throw new NoSuchFileException(hidden.toString(), null, "another process removed it");
        }
        return draft;
    }

    /// Whoever removes a draft holds its lock meanwhile. So one that is there once we have the lock stays.
    private boolean isKept() {
        return isLocked() && Files.exists(hidden, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isLocked() {
        try {
            return out.getChannel().tryLock() != null;
        } catch (IOException _) {
            return true; // the file system has no locks, and nobody removes a young draft there
        }
    }

    /// When it was last written to, by the disk's own clock.
    Instant modified() throws IOException {
        return Files.getLastModifiedTime(hidden).toInstant();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        try {
            out.write(content, offset, length);
        } catch (IOException e) {
            throw judged(e);
        }
    }

    /// False when the name was taken. From the link on, a failure means that the outcome is not known.
    boolean publish() throws IOException {
        sync();
        boolean created = link();
        LocalFolders.secure(target);
        return created;
    }

    private boolean link() throws IOException {
        try {
            Files.createLink(target, hidden);
            named = true;
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system has no hard links, which an atomic commit needs", e);
        } catch (IOException e) {
            if (LocalErrors.saysFull(e)) {
                throw LocalErrors.full(target, e);
            }
            throw e;
        }
    }

    /// For hints only.
    void replace() throws IOException {
        sync();
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        named = true;
    }

    /// What was written so far; a failure is thrown when all of it is synced. For another thread than the writer's.
    void settle() {
        synchronized (syncing) {
            if (!closed && unsettled == null) {
                try {
                    out.getFD().sync();
                } catch (IOException e) {
                    unsettled = e;
                }
            }
        }
    }

    private void sync() throws IOException {
        synchronized (syncing) {
            try {
                if (unsettled != null) {
                    throw unsettled;
                }
                out.getFD().sync();
            } catch (IOException e) {
                throw judged(e);
            }
        }
    }

    /// Nothing has its name yet, so whatever is wrong has changed nothing.
    private IOException judged(IOException e) {
        if (LocalErrors.isFull(hidden, e)) {
            throw LocalErrors.full(target, e);
        }
        return e;
    }

    @Override
    public void close() {
        synchronized (syncing) {
            closed = true;
            try (out) {
                Files.deleteIfExists(hidden);
            } catch (IOException _) {
                // it stays hidden, and is swept away later
            }
        }
        if (!named) {
            folders.removeEmpty(LocalFolders.parent(hidden));
        }
    }
}
