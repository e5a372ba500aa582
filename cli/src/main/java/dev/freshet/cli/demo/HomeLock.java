package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One demo at a time per folder; the system frees the lock when its process dies, however it dies.
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    static HomeLock of(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (taken(channel) == null) {
            channel.close();
            throw new FreshetException(
                    ErrorCode.LEASE_HELD, "another demo runs on " + home.getParent() + "; stop it first or use --lake");
        }
        return new HomeLock(channel);
    }

    private static @Nullable FileLock taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
