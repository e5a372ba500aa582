package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The paths of data files: URI-encoded in the log, relative to the table or absolute; plain keys in the store.
final class FilePaths {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*|/.*", Pattern.DOTALL);
    private static final Pattern SCHEME_AND_SLASHES = Pattern.compile("^(?:file:)?/+");
    private static final String PLAIN = "-_.~/=+,@$!*'()&";

    private final String table;
    private final String lakeRoot;

    /// @param table the table's key
    FilePaths(Store store, String table) {
        this.table = table;
        String root = canonical(store.uri("").toString());
        this.lakeRoot = root.endsWith("/") ? root : root + "/";
    }

    /// The path as users of a snapshot see it: relative to the table whenever it lies in it.
    String path(String raw) {
        if (!isAbsolute(raw)) {
            return decode(raw);
        }
        String canonical = canonical(raw);
        String inTable = lakeRoot + table + "/";
        return canonical.startsWith(inTable) ? canonical.substring(inTable.length()) : raw;
    }

    /// Where the store has the file.
    String key(String path) {
        if (!isAbsolute(path)) {
            return table + "/" + path;
        }
        String canonical = canonical(path);
        if (!canonical.startsWith(lakeRoot)) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table " + table + " names the data file " + path + ", which lies outside the lake");
        }
        return canonical.substring(lakeRoot.length());
    }

    static boolean isAbsolute(String path) {
        return ABSOLUTE.matcher(path).matches();
    }

    private static String canonical(String uri) {
        return SCHEME_AND_SLASHES.matcher(decode(uri)).replaceFirst("/");
    }

    static String encode(String path) {
        if (isAbsolute(path)) {
            return path;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format("%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }

    /// Undoes percent-encoding; a percent sign that begins no code stays.
    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
                decoded.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte b) {
        return Character.digit(b, 16);
    }
}
