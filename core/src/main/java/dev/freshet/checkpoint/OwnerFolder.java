package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import java.util.regex.Pattern;

/// Where one owner's checkpoints are, and which names there we make. Everything else is somebody else's: `steps`,
/// `state` and `status` in all their spellings, `coordinator`, `tmp`, activation markers, what a file system puts
/// there.
final class OwnerFolder {
    static final String ROOT = "_freshet/checkpoints";

    private static final String CATALOG = "catalog";
    private static final String MARKER = "CHECKPOINT";
    private static final String DEPENDENCIES = "dependencies.json";
    private static final String SHARED = ".shared";
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final String path;

    private OwnerFolder(String path) {
        this.path = path;
    }

    static OwnerFolder of(String owner) {
        if (owner.isEmpty()) {
            throw new IllegalArgumentException("checkpoints need an owner");
        }
        return new OwnerFolder(ROOT + "/" + name(owner));
    }

    /// A folder below the root, whoever its owner is.
    static OwnerFolder named(String folder) {
        return new OwnerFolder(ROOT + "/" + folder);
    }

    /// An owner is free text; what no store may see in a name is written as `%` and two hexadecimal digits a
    /// byte.
    private static String name(String owner) {
        StringBuilder name = new StringBuilder();
        for (byte b : owner.getBytes(UTF_8)) {
            boolean plain = b == '.' ? !name.isEmpty() : isPlain((char) (b & 0xff));
            name.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xff));
        }
        return name.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-:".indexOf(c) >= 0;
    }

    String path() {
        return path;
    }

    /// The key of something whose path from this folder is known.
    String key(String pathBelow) {
        return path + "/" + pathBelow;
    }

    String catalog() {
        return key(CATALOG);
    }

    String folder(UUID id) {
        return key(id.toString());
    }

    String marker(UUID id) {
        return folder(id) + "/" + MARKER;
    }

    String dependencies(UUID id) {
        return folder(id) + "/" + DEPENDENCIES;
    }

    static String statePath(UUID id, String name) {
        return id + "/" + name;
    }

    static String sharedPath(UUID file) {
        return file + SHARED;
    }

    static boolean isShared(String name) {
        return name.endsWith(SHARED)
                && CheckpointIds.of(name.substring(0, name.length() - SHARED.length()))
                        .isPresent();
    }

    /// Whether we may have made an object of that name in a checkpoint's folder.
    static boolean isOurs(String name) {
        return STATE.matcher(name).matches();
    }

    static boolean isState(String name) {
        return isOurs(name) && !name.equals(MARKER) && !name.equals(DEPENDENCIES);
    }
}
