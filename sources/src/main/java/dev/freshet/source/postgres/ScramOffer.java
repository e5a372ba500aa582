package dev.freshet.source.postgres;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What we offer a server that asks for SCRAM: to bind the login to the encryption, if there is one.
///
/// @param encrypted whether there is encryption
/// @param binding the hash of the server's certificate; empty if there is none to bind to
/// @param nonce letters that nobody can guess
record ScramOffer(boolean encrypted, Optional<byte[]> binding, String nonce) {
    static final String PLAIN = "SCRAM-SHA-256";
    static final String BOUND = "SCRAM-SHA-256-PLUS";

    private static final int NONCE_BYTES = 18;

    static ScramOffer to(Optional<X509Certificate> server, RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return new ScramOffer(
                server.isPresent(),
                server.flatMap(ScramOffer::endPoint),
                HexFormat.of().formatHex(nonce));
    }

    /// Chooses among the mechanisms that the server names.
    ScramChoice choice(WireInput input) throws PostgresException {
        List<String> named = new ArrayList<>();
        for (String name = input.text(); !name.isEmpty(); name = input.text()) {
            named.add(name);
        }
        if (binding.isPresent() && named.contains(BOUND)) {
            return new ScramChoice(BOUND, "p=tls-server-end-point,,", binding.get(), nonce);
        }
        if (!named.contains(PLAIN)) {
            throw new PostgresException(
                    PostgresException.WRONG_PASSWORD, "it wants a login by " + String.join(" or ", named));
        }
        return new ScramChoice(PLAIN, binding.isPresent() ? "y,," : "n,,", new byte[0], nonce);
    }

    /// RFC 5929: the hash that the certificate is signed with, SHA-256 for those that are too weak. Signatures without
    /// a hash of their own have no such binding.
    private static Optional<byte[]> endPoint(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        int with = signature.indexOf("WITH");
        if (with < 0) {
            return Optional.empty();
        }
        String hash = signature.substring(0, with).replaceFirst("^SHA(?!3-)(\\d)", "SHA-$1");
        boolean weak = hash.equals("MD5") || hash.equals("SHA-1");
        try {
            return Optional.of(
                    MessageDigest.getInstance(weak ? "SHA-256" : hash).digest(certificate.getEncoded()));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }
}
