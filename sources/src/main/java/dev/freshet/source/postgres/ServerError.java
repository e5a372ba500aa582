package dev.freshet.source.postgres;

import java.util.HashMap;
import java.util.Map;

/// Reads what a server says when something went wrong: fields, each with a letter that tells which.
final class ServerError {
    private static final char STATE = 'C';
    private static final char MESSAGE = 'M';
    private static final char DETAIL = 'D';
    private static final char HINT = 'H';

    private ServerError() {}

    static PostgresException read(WireInput input) throws PostgresException {
        Map<Character, String> fields = new HashMap<>();
        for (char field = input.letter(); field != 0; field = input.letter()) {
            fields.put(field, input.text());
        }
        return new PostgresException(
                fields.getOrDefault(STATE, ""),
                fields.getOrDefault(MESSAGE, ""),
                fields.getOrDefault(DETAIL, ""),
                fields.getOrDefault(HINT, ""),
                null);
    }
}
