package dev.freshet.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// One hidden file on its way to its name. The name appears by link(2), which either creates it, pointing at
/// content that is complete and on the disk, or fails because it exists. Closing removes the hidden name.
final class LocalDraft implements AutoCloseable {
    private final Path hidden;
    private final Path target;
    /// Unlike a channel, this stream is not closed by an interrupt in the middle of a write.
    private final FileOutputStream out;

    LocalDraft(Path hidden, Path target) throws IOException {
        this.hidden = hidden;
        this.target = target;
        this.out = new FileOutputStream(hidden.toFile());
    }

    OutputStream out() {
        return out;
    }

    /// False when the name was taken. From the link on, a failure means that the outcome is not known.
    boolean publish() throws IOException {
        complete();
        boolean created = link();
        try {
            LocalFolders.sync(LocalFolders.parent(target));
            return created;
        } catch (IOException e) {
            throw StoreException.unknown("cannot tell whether " + target + " is on the disk: " + e.getMessage(), e);
        }
    }

    private boolean link() throws IOException {
        try {
            Files.createLink(target, hidden);
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("the file system has no hard links, which an atomic commit needs", e);
        }
    }

    /// For hints only.
    void replace() throws IOException {
        complete();
        Files.move(hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(hidden);
        } catch (IOException _) {
            // it stays hidden, and a later process sweeps it away
        }
    }

    private void complete() throws IOException {
        out.getFD().sync();
        out.close();
    }
}
