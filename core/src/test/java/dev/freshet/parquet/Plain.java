package dev.freshet.parquet;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values made comparable: bytes as hex, and zeros that keep their sign.
final class Plain {
    private Plain() {}

    static List<@Nullable Object> row(@Nullable Object[] row) {
        return list(Arrays.asList(row));
    }

    private static List<@Nullable Object> list(List<? extends @Nullable Object> values) {
        return Arrays.asList(values.stream().map(Plain::value).toArray());
    }

    static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case byte[] bytes -> "0x" + HexFormat.of().formatHex(bytes.length > 4096 ? digest(bytes) : bytes);
            case List<?> list -> list(list);
            default -> value;
        };
    }

    private static byte[] digest(byte[] bytes) {
        return (bytes.length + ":" + Arrays.hashCode(bytes)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
