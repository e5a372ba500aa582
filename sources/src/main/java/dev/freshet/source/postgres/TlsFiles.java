package dev.freshet.source.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The certificates and keys that the parameters of a DSN name or, as with libpq, those in the folder `.postgresql`
/// of the user's home.
final class TlsFiles {
    /// Means the authorities that this Java knows.
    private static final String SYSTEM = "system";

    private final Map<String, String> parameters;
    private final Path folder;

    TlsFiles(Map<String, String> parameters, Path home) {
        this.parameters = parameters;
        this.folder = home.resolve(".postgresql");
    }

    /// Whom to believe that a server is who it says; null for the authorities that this Java knows.
    TrustManager @Nullable [] trust(SslMode mode) throws PostgresException {
        if (SYSTEM.equals(parameters.get("sslrootcert"))) {
            if (!mode.checksHost()) {
                throw new PostgresException(
                        PostgresException.UNTRUSTED, "sslrootcert=system wants sslmode=verify-full");
            }
            return null;
        }
        Optional<Path> root = file("sslrootcert", "root.crt");
        if (root.isEmpty() && mode.verifies()) {
            throw new PostgresException(
                    PostgresException.UNTRUSTED,
                    "sslmode=%s wants sslrootcert=FILE, or %s".formatted(mode.text(), folder.resolve("root.crt")));
        }
        return root.isEmpty() ? new TrustManager[] {new TrustEverybody()} : trust(root.get());
    }

    private static TrustManager[] trust(Path root) throws PostgresException {
        try {
            KeyStore authorities = emptyStore();
            for (Certificate certificate : certificates(root)) {
                authorities.setCertificateEntry("authority" + authorities.size(), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(authorities);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw unreadable("sslrootcert", root, e);
        }
    }

    /// How to say who we are; null to say nothing.
    KeyManager @Nullable [] keys() throws PostgresException {
        Optional<Path> certificate = file("sslcert", "postgresql.crt");
        if (certificate.isEmpty()) {
            return null;
        }
        Path key = file("sslkey", "postgresql.key")
                .orElseThrow(() -> new PostgresException(
                        PostgresException.UNTRUSTED, "sslcert %s wants its sslkey".formatted(certificate.get())));
        try {
            return keys(certificates(certificate.get()), key);
        } catch (GeneralSecurityException | IOException e) {
            throw unreadable("sslcert", certificate.get(), e);
        }
    }

    private static KeyManager[] keys(List<Certificate> certificates, Path key)
            throws GeneralSecurityException, IOException, PostgresException {
        KeyStore own = emptyStore();
        char[] none = {};
        own.setKeyEntry("own", KeyFile.read(key), none, certificates.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(own, none);
        return factory.getKeyManagers();
    }

    /// The file that a parameter names, which must then be there, or the usual one if that is there.
    private Optional<Path> file(String parameter, String usual) {
        String named = parameters.get(parameter);
        return named == null ? Optional.of(folder.resolve(usual)).filter(Files::exists) : Optional.of(Path.of(named));
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        byte[] content = Files.readAllBytes(file);
        List<Certificate> certificates = new ArrayList<>(
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)));
        if (certificates.isEmpty()) {
            throw new IOException("it holds no certificate");
        }
        return certificates;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static PostgresException unreadable(String parameter, Path file, Exception e) {
        String why = Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file";
        return new PostgresException(
                PostgresException.UNTRUSTED, "%s %s cannot be used: %s".formatted(parameter, file, why), e);
    }
}
