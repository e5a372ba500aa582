package dev.freshet.source.postgres;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The answer to a server that stores passwords as MD5.
final class Md5Password {
    private Md5Password() {}

    static String of(String user, String password, byte[] salt) throws PostgresException {
        byte[] stored = hex(utf8(password), utf8(user));
        return "md5" + new String(hex(stored, salt), StandardCharsets.US_ASCII);
    }

    private static byte[] hex(byte[] first, byte[] second) throws PostgresException {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(first);
            return utf8(HexFormat.of().formatHex(md5.digest(second)));
        } catch (NoSuchAlgorithmException e) {
            throw new PostgresException(
                    PostgresException.WRONG_PASSWORD, "it wants MD5, which this Java does not have", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
