package dev.freshet.source.postgres;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// HMAC-SHA-256 with one key (RFC 2104). Java's own is part of its framework for encryption, which opens all jars
/// when it begins; the digest is not. Used by one thread.
final class Hmac {
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    /// Digests that have seen the key.
    private final MessageDigest inner;

    private final MessageDigest outer;

    Hmac(byte[] key) throws NoSuchAlgorithmException {
        byte[] block = new byte[BLOCK];
        byte[] fitting = key.length > BLOCK ? sha256().digest(key) : key;
        System.arraycopy(fitting, 0, block, 0, fitting.length);
        inner = padded(block, INNER);
        outer = padded(block, OUTER);
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    private static MessageDigest padded(byte[] block, byte pad) throws NoSuchAlgorithmException {
        MessageDigest digest = sha256();
        for (byte each : block) {
            digest.update((byte) (each ^ pad));
        }
        return digest;
    }

    /// The code of a message of several parts.
    byte[] of(byte[]... parts) {
        MessageDigest message = copy(inner);
        for (byte[] part : parts) {
            message.update(part);
        }
        return copy(outer).digest(message.digest());
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's digests can be copied", e);
        }
    }
}
