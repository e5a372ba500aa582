package dev.freshet.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Percent-encoding as in a URL's path: `%40` is `@`, and `+` is just `+`.
final class PercentCode {
    private PercentCode() {}

    /// @throws IllegalArgumentException if a `%` is not followed by two hexadecimal digits
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                decoded.write(16 * digit(bytes, i + 1) + digit(bytes, i + 2));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    private static int digit(byte[] bytes, int at) {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("a '%' is not followed by two hexadecimal digits (write '%' as '%25')");
        }
        return digit;
    }
}
