package dev.freshet.batch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A named column of a [Schema]. `metadata` travels with the column into the table: `comment` and keys that begin
/// with `freshet.`; it is no part of the schema's fingerprint. Immutable.
public record Column(String name, ColumnType type, boolean nullable, Map<String, String> metadata) {
    private static final String FORBIDDEN = " ,;{}()\n\t=";

    public Column {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /// A column without metadata.
    public Column(String name, ColumnType type, boolean nullable) {
        this(name, type, nullable, Map.of());
    }

    /// Why a Delta table without column mapping cannot have a column of this name; empty if it can.
    public static Optional<String> nameFault(String name) {
        if (name.isEmpty()) {
            return Optional.of("a column's name is empty");
        }
        return name.chars()
                .filter(c -> FORBIDDEN.indexOf(c) >= 0)
                .mapToObj(c -> "column '%s' has %s in its name, which Delta tables do not allow"
                        .formatted(name, describe((char) c)))
                .findFirst();
    }

    private static String describe(char c) {
        return switch (c) {
            case ' ' -> "a space";
            case '\n' -> "a line break";
            case '\t' -> "a tab";
            default -> "'" + c + "'";
        };
    }

    boolean holdsSameAs(Column other) {
        return name.equals(other.name)
                && nullable == other.nullable
                && type.deltaName().equals(other.type.deltaName());
    }

    public Column withMetadata(Map<String, String> metadata) {
        return new Column(name, type, nullable, metadata);
    }
}
