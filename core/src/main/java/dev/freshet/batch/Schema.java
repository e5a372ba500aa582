package dev.freshet.batch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// The columns of a table, in order. Names are unique whatever their case, because Delta looks them up so.
/// Immutable.
public record Schema(List<Column> columns) {
    /// @throws IllegalArgumentException if two names differ only by case, or not at all
    public Schema {
        columns = List.copyOf(columns);
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(key(column.name()))) {
                throw new IllegalArgumentException(
                        "two columns are named '" + column.name() + "' (upper and lower case are the same to Delta)");
            }
        }
    }

    public static Schema of(Column... columns) {
        return new Schema(List.of(columns));
    }

    public int size() {
        return columns.size();
    }

    public Column column(int index) {
        return columns.get(index);
    }

    /// Where the column of this name is, whatever its case.
    public OptionalInt indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (key(columns.get(i).name()).equals(key(name))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /// Whether both have the same columns in order, by what [#fingerprint()] is made of.
    public boolean holdsSameAs(Schema other) {
        return columns.size() == other.columns.size()
                && IntStream.range(0, columns.size()).allMatch(i -> column(i).holdsSameAs(other.column(i)));
    }

    /// SHA-256, in lower-case hex, of the columns' names, types and nullability in order. Two schemas with the same
    /// fingerprint hold the same rows in the same files.
    public String fingerprint() {
        MessageDigest digest = sha256();
        for (Column column : columns) {
            for (String part :
                    List.of(column.name(), column.type().deltaName(), column.nullable() ? "null" : "not null")) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
