package dev.freshet.source.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a private key from a file: PKCS #8 as PEM or DER, or the older PEM forms of RSA (PKCS #1) and of elliptic
/// curves (SEC 1). A key with a passphrase is refused, since no DSN holds one.
final class KeyFile {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----([^-]*)-----END");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private KeyFile() {}

    static PrivateKey read(Path file) throws PostgresException {
        try {
            checkSecrecy(file);
            return key(pkcs8(Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw TlsFiles.unreadable("sslkey", file, new IOException(e.getMessage()));
        }
    }

    /// Only its owner may read a key, or a group if the owner is root.
    private static void checkSecrecy(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
        boolean groupReads = granted.contains(PosixFilePermission.GROUP_READ)
                && !Files.getOwner(file).getName().equals("root");
        if (groupReads || OTHERS.stream().anyMatch(granted::contains)) {
            throw new IOException("others than its owner have access to it; let them have none (chmod 600)");
        }
    }

    private static byte[] pkcs8(byte[] content) throws IOException {
        Matcher pem = PEM.matcher(new String(content, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            return content;
        }
        byte[] decoded = Base64.getMimeDecoder().decode(pem.group(2));
        return switch (pem.group(1)) {
            case "PRIVATE KEY" -> decoded;
            case "RSA PRIVATE KEY" -> Der.rsaKey(decoded);
            case "EC PRIVATE KEY" -> Der.ecKey(decoded);
            default -> throw new IOException("it is a " + pem.group(1) + ", which is not known");
        };
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // It is of another algorithm.
            }
        }
        throw new InvalidKeySpecException("it holds no private key that can be read; write it as PKCS #8 without"
                + " a passphrase (openssl pkcs8 -topk8 -nocrypt)");
    }
}
