package dev.freshet.source.postgres;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What a server refused, or what became of the connection to it. `state` is the five letters of SQLSTATE; detail and
/// hint are empty where there is none.
final class PostgresException extends Exception {
    /// The states that this side gives to what no server said.
    static final String UNREACHABLE = "08001";

    static final String CONNECTION_LOST = "08006";
    static final String PROTOCOL_VIOLATION = "08P01";

    /// A message for which this process has no room.
    static final String NO_ROOM = "54F01";

    /// TLS with the server failed, or it is not to be trusted.
    static final String UNTRUSTED = "08004";

    /// No way to log in that this role may take, such as without TLS; another way may do.
    static final String NOT_THIS_WAY = "28000";

    static final String WRONG_PASSWORD = "28P01";

    /// A statement was ended: it took too long, or somebody wanted it.
    static final String ENDED = "57014";

    private final String state;
    private final String message;
    private final String detail;
    private final String hint;

    PostgresException(String state, String message, String detail, String hint, @Nullable Throwable cause) {
        super(whole(message, detail, hint), cause);
        this.state = state;
        this.message = message;
        this.detail = detail;
        this.hint = hint;
    }

    PostgresException(String state, String message, @Nullable Throwable cause) {
        this(state, message, "", "", cause);
    }

    PostgresException(String state, String message) {
        this(state, message, null);
    }

    private static String whole(String message, String detail, String hint) {
        StringJoiner lines = new StringJoiner("\n").add(message);
        if (!detail.isEmpty()) {
            lines.add("detail: " + detail);
        }
        if (!hint.isEmpty()) {
            lines.add("hint: " + hint);
        }
        return lines.toString();
    }

    String state() {
        return state;
    }

    /// What happened, without detail and hint.
    String message() {
        return message;
    }

    String detail() {
        return detail;
    }

    String hint() {
        return hint;
    }
}
