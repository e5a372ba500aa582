package dev.freshet.source.postgres;

import dev.freshet.ingest.Login;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Introduces us to a server, proves who we are by the method that it asks for, and waits until it is ready.
final class WireLogin {
    private static final int PROTOCOL = 3 << 16;

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int MD5 = 5;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    private final Login login;
    private final WireInput input;
    private final WireOutput output;
    private final ScramOffer offer;
    private @Nullable Scram scram;

    WireLogin(Login login, WireInput input, WireOutput output, ScramOffer offer) {
        this.login = login;
        this.input = input;
        this.output = output;
        this.offer = offer;
    }

    /// What the server wants to hear when we ask it to stop working.
    CancelKey run(String application) throws PostgresException {
        output.begin().int4(PROTOCOL);
        parameter("user", login.user());
        parameter("database", login.database());
        parameter("application_name", application);
        parameter("client_encoding", "UTF8");
        output.bytes(new byte[1]).send();
        authenticate();
        return ready();
    }

    private void parameter(String name, String value) throws PostgresException {
        output.text(name).text(value);
    }

    private void authenticate() throws PostgresException {
        while (true) {
            char type = input.answer();
            switch (type) {
                case 'E' -> throw ServerError.read(input);
                case 'R' -> {
                    if (answered(input.int4())) {
                        return;
                    }
                }
                case 'v' -> checkVersion();
                default -> throw WireInput.unexpected(type);
            }
        }
    }

    /// Gives the server what it asks for; true if it is content.
    private boolean answered(int wanted) throws PostgresException {
        switch (wanted) {
            case OK -> {
                checkProven();
                return true;
            }
            case CLEARTEXT -> cleartext();
            case MD5 -> password(Md5Password.of(login.user(), password(), input.bytes(4)));
            case SASL -> begin(new Scram(password(), offer.choice(input)));
            case SASL_CONTINUE ->
                output.begin('p').bytes(utf8(scram().proof(text()))).send();
            case SASL_FINAL -> scram().check(text());
            default ->
                throw new PostgresException(
                        PostgresException.WRONG_PASSWORD,
                        "it wants us to log in by a method that is not known (%d), such as GSSAPI or SSPI"
                                .formatted(wanted));
        }
        return false;
    }

    /// A server that asked for a proof has to give one, too.
    private void checkProven() throws PostgresException {
        if (scram != null && !scram.complete()) {
            throw WireInput.violation("the login ends before the server has proven who it is");
        }
    }

    private void cleartext() throws PostgresException {
        if (!offer.encrypted()) {
            throw new PostgresException(
                    PostgresException.WRONG_PASSWORD,
                    "it wants the password in clear and without encryption, which is refused; set sslmode=require");
        }
        password(password());
    }

    private void password(String word) throws PostgresException {
        output.begin('p').text(word).send();
    }

    private void begin(Scram begun) throws PostgresException {
        scram = begun;
        byte[] first = utf8(begun.first());
        output.begin('p')
                .text(begun.mechanism())
                .int4(first.length)
                .bytes(first)
                .send();
    }

    private Scram scram() throws PostgresException {
        if (scram == null) {
            throw WireInput.violation("the second step of a login comes first");
        }
        return scram;
    }

    private String password() throws PostgresException {
        if (login.password().isEmpty()) {
            throw new PostgresException(PostgresException.WRONG_PASSWORD, "it wants a password, and the dsn has none");
        }
        return login.password();
    }

    private String text() throws PostgresException {
        return new String(input.rest(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A server that knows no minor version above ours says so; one that refuses what we never asked for is strange.
    private void checkVersion() throws PostgresException {
        input.int4();
        if (input.int4() > 0) {
            throw WireInput.violation("it refuses options that nobody asked for");
        }
    }

    private CancelKey ready() throws PostgresException {
        CancelKey key = CancelKey.NONE;
        while (true) {
            char type = input.answer();
            switch (type) {
                case 'E' -> throw ServerError.read(input);
                case 'K' -> key = new CancelKey(input.int4(), input.rest());
                case 'Z' -> {
                    return key;
                }
                default -> throw WireInput.unexpected(type);
            }
        }
    }
}
