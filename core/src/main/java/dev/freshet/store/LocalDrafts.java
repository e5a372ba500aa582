package dev.freshet.store;

import dev.freshet.host.Host;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The hidden files in which content becomes complete and durable before it gets its name. Their names are never
/// used twice, so a paused writer can never publish what another one wrote. What writers that are gone left in a
/// folder is removed when a process first writes to it, and by whoever asks for it.
final class LocalDrafts {
    private static final int TRIES = 10;

    private final LocalFolders folders;
    private final Host host;
    private volatile @Nullable LocalWriter writer;

    LocalDrafts(LocalFolders folders, Host host) {
        this.folders = folders;
        this.host = host;
    }

    /// Another process may remove the folder, which is empty until the draft is in it, at any moment before that.
    LocalDraft begin(Path target) throws IOException {
        for (int tried = 1; ; tried++) {
            try {
                return begin(LocalFolders.parent(target), target);
            } catch (NoSuchFileException | FileNotFoundException e) {
                if (tried == TRIES) {
                    throw e;
                }
                folders.forget();
            }
        }
    }

    private LocalDraft begin(Path folder, Path target) throws IOException {
        boolean first = folders.ensure(folder);
        LocalDraft draft = LocalDraft.create(folders, folder.resolve(writer().newDraft(host)), target);
        return first ? swept(folder, draft) : draft;
    }

    private LocalDraft swept(Path folder, LocalDraft draft) throws IOException {
        try {
            int _ = sweep().folder(folder, draft.modified());
            return draft;
        } catch (IOException e) {
            draft.close();
            throw e;
        }
    }

    /// Knows who is gone. The lake's folder must be there.
    LocalSweep sweep() throws IOException {
        return new LocalSweep(folders, writer());
    }

    private LocalWriter writer() throws IOException {
        LocalWriter known = writer;
        if (known == null) {
            known = LocalWriter.of(folders.root(), host);
            writer = known;
        }
        return known;
    }
}
