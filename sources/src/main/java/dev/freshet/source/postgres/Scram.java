package dev.freshet.source.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A login by SCRAM-SHA-256 (RFC 5802, RFC 7677): both sides prove that they know the password, and neither says it.
/// The server knows the user's name already, so it is left out here. For one login.
final class Scram {
    private static final Pattern SERVER_FIRST = Pattern.compile("r=([^,]+),s=([^,]+),i=([1-9][0-9]{0,8})(?:,.*)?");
    private static final Pattern SERVER_FINAL = Pattern.compile("v=([^,]+)(?:,.*)?");

    /// A server may ask for many rounds to make guessing slow; nobody needs us to work for minutes.
    private static final int MOST_ROUNDS = 10_000_000;

    private final byte[] password;
    private final ScramChoice choice;
    private final String firstBare;
    private byte[] serverSignature = {};
    private boolean complete;

    Scram(String password, ScramChoice choice) {
        this.password = utf8(SaslPrep.of(password));
        this.choice = choice;
        this.firstBare = "n=,r=" + choice.nonce();
    }

    String mechanism() {
        return choice.mechanism();
    }

    /// Whether the server has proven that it knows the password.
    boolean complete() {
        return complete;
    }

    String first() {
        return choice.header() + firstBare;
    }

    /// The answer to the server's first message.
    String proof(String serverFirst) throws PostgresException {
        Matcher parts = SERVER_FIRST.matcher(serverFirst);
        if (!parts.matches() || !parts.group(1).startsWith(choice.nonce()) || serverSignature.length > 0) {
            throw WireInput.violation("the server's first message of a login");
        }
        int rounds = Integer.parseInt(parts.group(3));
        if (rounds > MOST_ROUNDS) {
            throw WireInput.violation("a login of " + rounds + " rounds");
        }
        String withoutProof = "c=" + base64(bound()) + ",r=" + parts.group(1);
        byte[] signed = utf8(firstBare + "," + serverFirst + "," + withoutProof);
        try {
            byte[] salted = salted(decoded(parts.group(2)), rounds);
            byte[] clientKey = hmac(salted, utf8("Client Key"));
            byte[] storedKey = MessageDigest.getInstance("SHA-256").digest(clientKey);
            serverSignature = hmac(hmac(salted, utf8("Server Key")), signed);
            return withoutProof + ",p=" + base64(xor(clientKey, hmac(storedKey, signed)));
        } catch (NoSuchAlgorithmException e) {
            throw new PostgresException(
                    PostgresException.WRONG_PASSWORD, "it wants SCRAM-SHA-256, which this Java does not have", e);
        }
    }

    /// Makes sure that the server knows the password, too.
    void check(String serverFinal) throws PostgresException {
        Matcher parts = SERVER_FINAL.matcher(serverFinal);
        boolean right = parts.matches()
                && serverSignature.length > 0
                && MessageDigest.isEqual(serverSignature, decoded(parts.group(1)));
        if (!right) {
            throw new PostgresException(
                    PostgresException.WRONG_PASSWORD, "it does not know the password itself; is it the right server?");
        }
        complete = true;
    }

    private byte[] bound() {
        ByteArrayOutputStream bound = new ByteArrayOutputStream();
        bound.writeBytes(utf8(choice.header()));
        bound.writeBytes(choice.binding());
        return bound.toByteArray();
    }

    /// The password, made slow to guess.
    private byte[] salted(byte[] salt, int rounds) throws NoSuchAlgorithmException {
        Hmac hmac = new Hmac(password);
        byte[] round = hmac.of(salt, new byte[] {0, 0, 0, 1});
        byte[] salted = round;
        for (int i = 1; i < rounds; i++) {
            round = hmac.of(round);
            salted = xor(salted, round);
        }
        return salted;
    }

    private static byte[] hmac(byte[] key, byte[] message) throws NoSuchAlgorithmException {
        return new Hmac(key).of(message);
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = new byte[one.length];
        for (int i = 0; i < one.length; i++) {
            result[i] = (byte) (one[i] ^ other[i]);
        }
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String base64) throws PostgresException {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw WireInput.violation("a login's message that is not base64");
        }
    }
}
