package dev.freshet.store;

/// Which keys may reach a store: nothing that could name something outside the lake or one of the store's own
/// files.
final class Keys {
    private Keys() {}

    static String object(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("an object's key is empty");
        }
        return checked(key);
    }

    static String folder(String folder) {
        return folder.isEmpty() ? folder : checked(folder);
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private static String checked(String key) {
        for (String segment : key.split("/", -1)) {
            if (segment.isEmpty() || segment.startsWith(".") || segment.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "'" + key + "' is not a key of a lake: a segment may not be empty or begin with a dot");
            }
        }
        return key;
    }
}
