package dev.freshet.query;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Values of the driver, made for output.
final class ResultValues {
    private ResultValues() {}

    /// @param local whether times with an offset stand for local ones, see [Reading]
    static @Nullable Object get(ResultSet result, int column, boolean local) throws SQLException {
        Object value = result.getObject(column);
        return value instanceof Timestamp ? text(result.getObject(column, LocalDateTime.class)) : shown(value, local);
    }

    private static @Nullable Object shown(@Nullable Object value, boolean local) throws SQLException {
        return switch (value) {
            case null -> null;
            case Boolean bool -> bool;
            case Number number -> number;
            case Blob blob -> Base64.getEncoder().encodeToString(blob.getBytes(1, (int) blob.length()));
            case OffsetDateTime time ->
                local
                        ? text(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime())
                        : time.toInstant().toString();
            case Timestamp time -> text(time.toLocalDateTime());
            case LocalTime time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time);
            case Array array -> list((Object[]) array.getArray(), local);
            case DuckDBStruct struct -> map(struct.getMap(), local);
            case Map<?, ?> map -> map(map, local);
            default -> value.toString();
        };
    }

    private static String text(LocalDateTime time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements, boolean local) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(shown(element, local));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> entries, boolean local) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            map.put(String.valueOf(shown(entry.getKey(), local)), shown(entry.getValue(), local));
        }
        return Collections.unmodifiableMap(map);
    }
}
