package dev.freshet.source.postgres;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Makes authorities and the certificates that they issue.
final class Certificates {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final byte[] IS_AUTHORITY = hex("30 0f 0603551d13 0101ff 0405 3003 0101ff");
    private static final byte[] OTHER_NAMES = hex("0603551d11");

    /// A kind of key, and how it signs.
    enum Kind {
        EC("EC", 256, "SHA384withECDSA", "300a06082a8648ce3d040303"),
        RSA("RSA", 2048, "SHA256withRSA", "300d06092a864886f70d01010b0500");

        private final String algorithm;
        private final int bits;
        private final String signature;
        private final byte[] signatureName;

        Kind(String algorithm, int bits, String signature, String signatureName) {
            this.algorithm = algorithm;
            this.bits = bits;
            this.signature = signature;
            this.signatureName = hex(signatureName);
        }

        KeyPair newKeys() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        }
    }

    /// A certificate and its key.
    record Identity(String name, KeyPair keys, X509Certificate certificate) {
        String certificatePem() throws GeneralSecurityException {
            return pem("CERTIFICATE", certificate.getEncoded());
        }

        String keyPem() {
            return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }
    }

    private Certificates() {}

    static Identity authority(String name) throws GeneralSecurityException {
        KeyPair keys = Kind.EC.newKeys();
        return new Identity(
                name,
                keys,
                certificate(Kind.EC, name, keys.getPrivate(), name, keys, Duration.ofDays(1), IS_AUTHORITY));
    }

    /// A certificate for hosts of those names, valid for so long, or expired since so long if that is negative.
    static Identity issued(Identity authority, Kind kind, String name, Duration valid, List<String> hosts)
            throws GeneralSecurityException {
        KeyPair keys = kind.newKeys();
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        hosts.forEach(host -> names.writeBytes(host(host)));
        byte[] extension =
                hosts.isEmpty() ? new byte[0] : der(0x30, OTHER_NAMES, der(0x04, der(0x30, names.toByteArray())));
        return new Identity(
                name,
                keys,
                certificate(Kind.EC, authority.name(), authority.keys().getPrivate(), name, keys, valid, extension));
    }

    private static byte[] host(String host) {
        return host.equals("127.0.0.1")
                ? der(0x87, new byte[] {127, 0, 0, 1})
                : der(0x82, host.getBytes(StandardCharsets.US_ASCII));
    }

    private static X509Certificate certificate(
            Kind kind, String issuer, PrivateKey issuerKey, String name, KeyPair keys, Duration valid, byte[] extension)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(2));
        byte[] signed = der(
                0x30,
                hex("a003020102"),
                der(0x02, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
                kind.signatureName,
                name(issuer),
                der(0x30, time(from), time(now.plus(valid))),
                name(name),
                keys.getPublic().getEncoded(),
                extension.length == 0 ? extension : der(0xA3, der(0x30, extension)));
        Signature signature = Signature.getInstance(kind.signature);
        signature.initSign(issuerKey);
        signature.update(signed);
        byte[] encoded = der(0x30, signed, kind.signatureName, der(0x03, new byte[1], signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static byte[] name(String common) {
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0C, common.getBytes(StandardCharsets.UTF_8)))));
    }

    private static byte[] time(Instant time) {
        return der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() >= 0x80) {
            element.write(content.size() < 0x100 ? 0x81 : 0x82);
        }
        if (content.size() >= 0x100) {
            element.write(content.size() >> 8);
        }
        element.write(content.size());
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    /// A key in the older form that has the public key and the curve's name in it.
    static byte[] sec1(KeyPair keys) {
        byte[] secret = ((ECPrivateKey) keys.getPrivate()).getS().toByteArray();
        byte[] curve = hex("06082a8648ce3d030107");
        return der(0x30, hex("020101"), der(0x04, fixed(secret, 32)), der(0xA0, curve));
    }

    private static byte[] fixed(byte[] number, int length) {
        byte[] fixed = new byte[length];
        int kept = Math.min(number.length, length);
        System.arraycopy(number, number.length - kept, fixed, length - kept, kept);
        return fixed;
    }

    static String pem(String what, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), what);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
