package dev.freshet.checkpoint;

import java.util.UUID;

/// A file that a checkpoint needs and that is ours to collect.
///
/// @param path from the owner's folder
/// @param bytes its length
record OwnedFile(String path, long bytes, String sha256) {
    static OwnedFile of(String path, byte[] content) {
        return new OwnedFile(path, content.length, Checksums.of(content));
    }

    boolean isStateOf(UUID id) {
        return path.startsWith(id + "/");
    }

    /// @throws dev.freshet.error.FreshetException (CORRUPT) if this is not what was written
    void requireIntact(String key, byte[] content) {
        if (content.length != bytes) {
            throw Damage.found(key, "it has " + content.length + " bytes and should have " + bytes);
        }
        if (!Checksums.of(content).equals(sha256)) {
            throw Damage.found(key, "its checksum is not the one that was written down");
        }
    }
}
