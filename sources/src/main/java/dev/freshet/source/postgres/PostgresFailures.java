package dev.freshet.source.postgres;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;

/// Says what went wrong in one or two lines, without what must not be said.
final class PostgresFailures {
    private static final Set<String> LOGIN_REFUSED = Set.of("28P01", "28000", "3D000", "42501");

    /// Classes of states: too many connections, and a server that starts or stops.
    private static final String RESOURCES = "53";

    private static final String INTERVENTION = "57";

    private final Login login;

    PostgresFailures(Login login) {
        this.login = login;
    }

    FreshetException connecting(PostgresException e) {
        return failure(ErrorCode.DATABASE_UNREACHABLE, "PostgreSQL at %s %s".formatted(login.address(), refusal(e)), e);
    }

    private String refusal(PostgresException e) {
        String state = e.state();
        if (LOGIN_REFUSED.contains(state)) {
            return "refuses user '%s' (%s); check user, password and database in the dsn"
                    .formatted(login.user(), reason(e));
        }
        if (state.equals(PostgresException.UNTRUSTED)) {
            return "cannot be talked to by TLS as the dsn wants it (%s); check its sslmode and the files that it names"
                    .formatted(reason(e));
        }
        if (state.startsWith(RESOURCES) || state.startsWith(INTERVENTION)) {
            return "takes no connection now (%s); try again later".formatted(reason(e));
        }
        return "is out of reach (%s); check host and port in the dsn, and that the database runs".formatted(reason(e));
    }

    FreshetException reading(String table, PostgresException e) {
        return switch (e.state()) {
            case "42501" ->
                failure(
                        ErrorCode.GRANT_MISSING,
                        "%s: PostgreSQL denies user '%s' the reading (%s)".formatted(table, login.user(), reason(e)),
                        e);
            case PostgresException.ENDED ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s: PostgreSQL ended the reading (%s); is max_transaction_secs too short?"
                                .formatted(table, reason(e)),
                        e);
            case "40001" ->
                failure(
                        ErrorCode.SOURCE_CONFLICT,
                        "%s: the replica's recovery ended the reading (%s); set hot_standby_feedback or a longer max_standby_streaming_delay there, or read with relaxed consistency"
                                .formatted(table, reason(e)),
                        e);
            case "55P03" ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s is locked by another session (%s); try again when its change is done"
                                .formatted(table, reason(e)),
                        e);
            case PostgresException.CONNECTION_LOST ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s: reading failed: PostgreSQL at %s is gone (%s)%s"
                                .formatted(table, login.address(), reason(e), silence(e)),
                        e);
            default -> failure(ErrorCode.SOURCE_FAILED, "%s: reading failed: %s".formatted(table, reason(e)), e);
        };
    }

    private static String silence(PostgresException e) {
        return isCausedBy(SocketTimeoutException.class, e) ? "; is postgres.silence_secs too short?" : "";
    }

    FreshetException cancelled(String table) {
        return new FreshetException(ErrorCode.CANCELLED, table + ": the reading was cancelled");
    }

    private FreshetException failure(ErrorCode code, String message, PostgresException e) {
        return new FreshetException(code, message, login.redaction().apply(e));
    }

    private String reason(PostgresException e) {
        if (isCausedBy(UnknownHostException.class, e)) {
            return "no host of that name";
        }
        return login.redaction().apply(e.message()).lines().findFirst().orElse(e.state());
    }

    private static boolean isCausedBy(Class<? extends Throwable> type, Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause != null && (type.isInstance(cause) || isCausedBy(type, cause));
    }
}
