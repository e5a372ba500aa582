package dev.freshet.store;

import dev.freshet.host.Host;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A lake in a folder. Creation is atomic between processes and machines that share the file system, because a name
/// only ever appears by link(2) on a file that is complete and synced; a durable put costs two syncs. Needs a file
/// system with hard links. Safe for use by many threads and processes. The folder is created by the first write.
public final class LocalStore implements Store {
    private final Path root;
    private final LocalFolders folders;
    private final LocalDrafts drafts;

    private LocalStore(Path root) {
        this.root = root;
        this.folders = new LocalFolders(root);
        this.drafts = new LocalDrafts(folders, Host.system());
    }

    public static LocalStore open(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        if (Files.exists(absolute) && !Files.isDirectory(absolute)) {
            throw StoreException.refused("the lake " + absolute + " is a file; name a folder", null);
        }
        return new LocalStore(absolute);
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        Path target = object(key);
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                LocalFolders.secure(target);
                return PutResult.EXISTS;
            }
            return create(target, content);
        } catch (IOException e) {
            throw LocalErrors.writing(target, e);
        }
    }

    private PutResult create(Path target, byte[] content) throws IOException {
        try (LocalDraft draft = drafts.begin(target)) {
            draft.write(content);
            return draft.publish() ? PutResult.CREATED : PutResult.EXISTS;
        }
    }

    @Override
    public byte[] read(String key) {
        Path path = object(key);
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(key, path, e);
        }
    }

    @Override
    public byte[] read(String key, long offset, int length) {
        Path path = object(key);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return readFully(channel, offset, length);
        } catch (IOException e) {
            throw unreadable(key, path, e);
        }
    }

    private static byte[] readFully(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException(
                        "it ends before the " + length + " bytes at " + offset + ": it has " + channel.size());
            }
        }
        return bytes.array();
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        Path path = object(key);
        try {
            return attributes(key, path);
        } catch (IOException e) {
            throw LocalErrors.reading(path, e);
        }
    }

    @Override
    public List<StoredObject> list(String folder, String fromName) {
        List<StoredObject> found = new ArrayList<>();
        for (Path path : children(folder)) {
            String name = path.getFileName().toString();
            if (name.compareTo(fromName) >= 0) {
                stat(Keys.join(folder, name)).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(StoredObject::key));
        return List.copyOf(found);
    }

    @Override
    public List<String> folders(String folder) {
        return children(folder).stream()
                .filter(Files::isDirectory)
                .map(path -> path.getFileName().toString())
                .sorted()
                .toList();
    }

    @Override
    public void delete(String key) {
        Path path = object(key);
        try {
            if (Files.deleteIfExists(path)) {
                folders.left(LocalFolders.parent(path));
            }
        } catch (IOException e) {
            throw LocalErrors.removing(path, e);
        }
    }

    @Override
    public int sweep(String folder, Instant now) {
        Path path = folder(folder);
        try {
            return Files.isDirectory(path) ? drafts.sweep().tree(path, now) : 0;
        } catch (IOException e) {
            throw LocalErrors.removing(path, e);
        }
    }

    @Override
    public Upload upload(String key) {
        Path target = object(key);
        try {
            return new LocalUpload(drafts.begin(target), target);
        } catch (IOException e) {
            throw LocalErrors.writing(target, e);
        }
    }

    @Override
    public void hint(String key, byte[] content) {
        Path target = object(key);
        try (LocalDraft draft = drafts.begin(target)) {
            draft.write(content);
            draft.replace();
        } catch (IOException e) {
            throw LocalErrors.writing(target, e);
        }
    }

    @Override
    public URI uri(String key) {
        return folder(key).toUri();
    }

    @Override
    public void close() {}

    private Path object(String key) {
        return root.resolve(Keys.object(key));
    }

    private Path folder(String folder) {
        return root.resolve(Keys.folder(folder));
    }

    private Optional<StoredObject> attributes(String key, Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isDirectory()
                    ? Optional.empty()
                    : Optional.of(new StoredObject(
                            key,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException _) {
            folders.checkRoot();
            return Optional.empty();
        }
    }

    private List<Path> children(String folder) {
        Path path = folder(folder);
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                path, entry -> !entry.getFileName().toString().startsWith("."))) {
            entries.forEach(children::add);
        } catch (NoSuchFileException _) {
            checkRoot();
        } catch (DirectoryIteratorException e) {
            throw LocalErrors.reading(path, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw LocalErrors.reading(path, e);
        }
        return children;
    }

    private StoreException unreadable(String key, Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            checkRoot();
            return new MissingObjectException(key, "there is no " + path, e);
        }
        return LocalErrors.reading(path, e);
    }

    private void checkRoot() {
        try {
            folders.checkRoot();
        } catch (IOException e) {
            throw LocalErrors.reading(root, e);
        }
    }
}
