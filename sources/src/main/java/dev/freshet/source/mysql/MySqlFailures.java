package dev.freshet.source.mysql;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Login;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Says what went wrong in one or two lines, without what must not be said. The numbers are the servers' error
/// codes.
final class MySqlFailures {
    private final Login login;

    MySqlFailures(Login login) {
        this.login = login;
    }

    FreshetException connecting(SQLException e) {
        String what = switch (e.getErrorCode()) {
            case 1044, 1045, 1049, 1698, 1862, 3118 ->
                "refuses user '%s' (%s); check user, password and database in the dsn"
                        .formatted(login.user(), reason(e));
            default ->
                "is out of reach (%s); check host and port in the dsn, and that the database runs".formatted(reason(e));
        };
        return failure(ErrorCode.DATABASE_UNREACHABLE, "MySQL at %s %s".formatted(login.address(), what), e);
    }

    FreshetException reading(String table, SQLException e) {
        return switch (e.getErrorCode()) {
            case 1969, 3024 ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s: the server ended the reading (%s); is max_transaction_secs too short?"
                                .formatted(table, reason(e)),
                        e);
            case 1205 ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s is locked by another session (%s); try again when its change is done"
                                .formatted(table, reason(e)),
                        e);
            default ->
                failure(
                        ErrorCode.SOURCE_FAILED,
                        "%s: reading failed: %s".formatted(table, isConnectionLost(e) ? gone(e) : reason(e)),
                        e);
        };
    }

    private static boolean isConnectionLost(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    /// What the driver says of it means nothing to a user; its cause may.
    private String gone(SQLException e) {
        String why = "it closed the connection";
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException && cause.getMessage() != null) {
                why = "the connection is lost: " + cause.getMessage();
            }
        }
        return "MySQL at %s is gone (%s)".formatted(login.address(), why);
    }

    FreshetException cancelled(String table) {
        return new FreshetException(ErrorCode.CANCELLED, table + ": the reading was cancelled");
    }

    FreshetException grantMissing(String table, String grant, SQLException e) {
        return failure(
                ErrorCode.GRANT_MISSING,
                "user '%s' may not read %s; let an administrator run: %s;".formatted(login.user(), table, grant),
                e);
    }

    private FreshetException failure(ErrorCode code, String message, SQLException e) {
        return new FreshetException(code, message, login.redaction().apply(e));
    }

    private String reason(SQLException e) {
        if (unknownHost(e)) {
            return "no host of that name";
        }
        String message = login.redaction().apply(e.getMessage());
        return message.lines().findFirst().orElse("error " + e.getErrorCode()).replaceFirst("^\\(conn=\\d+\\) ", "");
    }

    private static boolean unknownHost(SQLException e) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
