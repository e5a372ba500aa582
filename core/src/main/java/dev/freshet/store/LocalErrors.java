package dev.freshet.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What an operating system's refusal means to a user.
final class LocalErrors {
    private static final String NO_ROOM = "No space left on device";
    private static final String NO_QUOTA = "quota exceeded";
    private static final long NEXT_TO_NOTHING_BYTES = 64 * 1024;

    private LocalErrors() {}

    static StoreException reading(Path path, IOException e) {
        return failure("read", path, e);
    }

    static StoreException removing(Path path, IOException e) {
        return failure("remove", path, e);
    }

    static StoreException writing(Path path, IOException e) {
        return saysFull(e) ? full(path, e) : failure("write", path, e);
    }

    /// Only for what was refused: nothing has its name.
    static StoreException full(Path path, IOException e) {
        String why = reason(e).contains(NO_QUOTA)
                ? "the quota on this disk is used up; free some space or raise it, and try again"
                : "the disk is full; free some space and try again";
        return StoreException.refused("cannot write " + path + ": " + why, e);
    }

    /// Whether bytes could not be written for want of room. Where the system does not say so, in English, the room that
    /// is left tells, as long as what was written takes its part of it.
    static boolean isFull(Path path, IOException e) {
        return saysFull(e) || isNextToFull(path);
    }

    static boolean saysFull(IOException e) {
        String reason = reason(e);
        return reason.contains(NO_ROOM) || reason.contains(NO_QUOTA);
    }

    private static boolean isNextToFull(Path path) {
        try {
            return Files.getFileStore(nearest(path)).getUsableSpace() < NEXT_TO_NOTHING_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    private static StoreException failure(String verb, Path path, IOException e) {
        Path there = nearest(path);
        String what = "cannot " + verb + " " + path + ": ";
        if (!Files.isDirectory(there) && !there.equals(path)) {
            return StoreException.refused(what + there + " is a file where a folder must be; move it away", e);
        }
        if (e instanceof AccessDeniedException || (!verb.equals("read") && !Files.isWritable(there))) {
            return StoreException.refused(
                    what + "permission denied; let user '" + System.getProperty("user.name") + "' " + verb + " "
                            + there,
                    e);
        }
        return StoreException.unknown(what + reason(e), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case ClosedByInterruptException _ -> "it was interrupted";
            case FileSystemException fault when fault.getReason() != null -> fault.getReason();
            case IOException other when other.getMessage() != null -> other.getMessage();
            case IOException other -> other.getClass().getSimpleName();
        };
    }

    /// The path itself or the closest of its parents that exists.
    private static Path nearest(Path path) {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }
}
