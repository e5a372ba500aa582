package dev.freshet.source.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;

/// Puts keys of the older forms into the form of PKCS #8: a version, the algorithm, and the key as it was.
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private final byte[] data;
    private int at;

    private Der(byte[] data) {
        this.data = data;
    }

    static byte[] rsaKey(byte[] key) {
        return element(SEQUENCE, VERSION_0, RSA, element(OCTETS, key));
    }

    /// The curve stands in the key, and with PKCS #8 beside it.
    static byte[] ecKey(byte[] key) throws IOException {
        Der der = new Der(key);
        der.enter();
        der.skip();
        der.skip();
        if (der.at >= key.length || (key[der.at] & 0xFF) != PARAMETERS) {
            throw new IOException("the key does not name its curve");
        }
        int length = der.enter();
        byte[] curve = new byte[length];
        System.arraycopy(key, der.at, curve, 0, length);
        return element(SEQUENCE, VERSION_0, element(SEQUENCE, EC, curve), element(OCTETS, key));
    }

    private void skip() throws IOException {
        int length = enter();
        at += length;
    }

    /// Goes to an element's content and returns its length.
    private int enter() throws IOException {
        try {
            at++;
            int length = data[at++] & 0xFF;
            int bytes = length > 0x80 ? length - 0x80 : 0;
            length = bytes > 0 ? 0 : length;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (data[at++] & 0xFF);
            }
            if (length < 0 || length > data.length - at) {
                throw new IOException("the key breaks off");
            }
            return length;
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IOException("the key breaks off", e);
        }
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        element.write(0x82);
        element.write(content.size() >> 8);
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
