package dev.freshet.source;

import dev.freshet.batch.Schema;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Tables read whole, for tests.
public final class Reads {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Reads() {}

    public static SourceSession open(TestDatabase database, Login login) {
        return database.source().open(login, SourceSettings.named("freshet test"));
    }

    public static Result read(TestDatabase database, String table) throws InterruptedException {
        return read(database, database.admin(), TableRequest.of(table));
    }

    public static Result read(TestDatabase database, Login login, TableRequest request) throws InterruptedException {
        try (SourceSession session = open(database, login)) {
            SourceTable table = session.describe(request);
            CollectingSink sink = new CollectingSink(table.schema());
            table.read(Split.WHOLE, sink);
            return new Result(table.schema(), sink.rows());
        }
    }

    public record Result(Schema schema, List<List<Object>> rows) {
        public Object value(int row, int column) {
            return rows.get(row).get(column);
        }
    }

    /// A value as docs/types.md shows it.
    public static String show(Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes);
            case List<?> list -> list.stream().map(Reads::show).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    /// A value as both databases can be made to print it.
    static String print(Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Float number -> Integer.toHexString(Float.floatToRawIntBits(number));
            case Double number -> Long.toHexString(Double.doubleToRawLongBits(number));
            case BigDecimal number -> number.toPlainString();
            case LocalDateTime time -> MICROS.format(time);
            case Instant time -> MICROS.format(time.atOffset(ZoneOffset.UTC));
            default -> value.toString();
        };
    }
}
