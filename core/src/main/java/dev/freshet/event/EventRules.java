package dev.freshet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an event must be like to be recorded. Whoever breaks a rule is told at once, for later nobody would know.
final class EventRules {
    static final int MOST_BYTES = 1 << 20;
    static final int MOST_COLUMNS = 100;
    static final int MOST_ROWS = 10_000;

    private static final int LONGEST_TYPE = 256;
    private static final Pattern TABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");
    /// What 64 bits of nanoseconds around 1970 can say.
    private static final Instant EARLIEST = Instant.parse("1677-09-22T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2262-04-11T00:00:00Z");
    private static final JsonFactory JSON = new JsonFactory();

    private EventRules() {}

    static void check(Event event) {
        tableFault(event.table()).ifPresent(fault -> {
            throw refused(event, "its " + fault);
        });
        if (event.type().isBlank() || event.type().length() > LONGEST_TYPE) {
            throw refused(event, "its type is blank or longer than " + LONGEST_TYPE + " characters");
        }
        Instant time = event.timestamp();
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw refused(event, "its timestamp %s is not between %s and %s".formatted(time, EARLIEST, LATEST));
        }
        checkPayload(event, event.payload());
        checkColumns(event);
        checkRows(event);
    }

    static void checkTable(String name) {
        tableFault(name).ifPresent(fault -> {
            throw new FreshetException(ErrorCode.BAD_USAGE, "a " + fault);
        });
    }

    private static Optional<String> tableFault(String name) {
        return TABLE.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "table is named '%s'; a name is a letter and up to 127 letters, digits or _".formatted(name));
    }

    private static void checkPayload(Event event, @Nullable String payload) {
        if (payload != null) {
            if (payload.length() > MOST_BYTES) {
                throw tooLarge(event, payload.length());
            }
            jsonFault(payload).ifPresent(fault -> {
                throw refused(event, "its payload is not JSON: " + fault);
            });
        }
    }

    private static Optional<String> jsonFault(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (values > 1) {
                    return Optional.of("more follows after its first value");
                }
            }
            return values == 1 ? Optional.empty() : Optional.of("it is empty");
        } catch (IOException e) {
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void checkColumns(Event event) {
        if (event.extraColumns().size() > MOST_COLUMNS) {
            throw refused(
                    event,
                    "it has %d extra columns; at most %d"
                            .formatted(event.extraColumns().size(), MOST_COLUMNS));
        }
        for (Column column : event.extraColumns()) {
            Column.nameFault(column.name()).ifPresent(fault -> {
                throw refused(event, fault);
            });
            if (Columns.BASE.indexOf(column.name()).isPresent()) {
                throw refused(event, "every event has a column '" + column.name() + "', it cannot be an extra one");
            }
            if (column.type() instanceof ColumnType.Array) {
                throw refused(event, "the extra column '" + column.name() + "' is an array; put those in the payload");
            }
        }
    }

    private static void checkRows(Event event) {
        List<List<@Nullable Object>> rows = event.extraRows();
        if (rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw refused(
                    event,
                    "it has %d rows; at least one, which may be empty, and at most %d"
                            .formatted(rows.size(), MOST_ROWS));
        }
        int columns = event.extraColumns().size();
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns) {
                throw refused(
                        event,
                        "one of its rows has %d values for %d extra columns %s"
                                .formatted(row.size(), columns, Columns.described(event.extraColumns())));
            }
        }
        if (columns > 0) {
            checkValues(event);
        }
    }

    private static void checkValues(Event event) {
        try {
            Batch batch = new Batch(new Schema(event.extraColumns()));
            for (List<@Nullable Object> row : event.extraRows()) {
                batch.appendRow(row.toArray());
            }
        } catch (IllegalArgumentException e) {
            throw refused(event, String.valueOf(e.getMessage()));
        }
    }

    static FreshetException tooLarge(Event event, int bytes) {
        return refused(event, "it has %d bytes; at most %d".formatted(bytes, MOST_BYTES));
    }

    private static FreshetException refused(Event event, String why) {
        return new FreshetException(
                ErrorCode.BAD_USAGE, "the event of type '%s' is not recorded: %s".formatted(event.type(), why));
    }
}
