package dev.freshet.source.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes what a server sends for `COPY … (FORMAT binary)`: a header, and a message for each row.
final class CopyMessages {
    private static final byte[] HEADER = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final Instant EPOCH_INSTANT = Instant.parse("2000-01-01T00:00:00Z");
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int BASE_DIGITS = 4;
    private static final int JSONB = 3802;
    private static final int UUID_TYPE = 2950;

    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(row);

    CopyMessages() {
        row.writeBytes(HEADER);
    }

    void beginRow(int fields) {
        write(to -> to.writeShort(fields));
    }

    /// @param oid of the value's type; of an array, that of its elements
    void field(int oid, @Nullable Object value) {
        write(to ->
                write(to, value == null ? null : value instanceof List<?> list ? array(oid, list) : one(oid, value)));
    }

    void endRow() {
        message('d', row.toByteArray());
        row.reset();
    }

    /// All messages; there can be no more rows.
    byte[] end() {
        message('d', new byte[] {-1, -1});
        message('c', new byte[0]);
        return messages.toByteArray();
    }

    private void message(char type, byte[] content) {
        messages.write(type);
        messages.writeBytes(bytes(to -> to.writeInt(Integer.BYTES + content.length)));
        messages.writeBytes(content);
    }

    private static void write(DataOutputStream to, byte @Nullable [] value) throws IOException {
        to.writeInt(value == null ? -1 : value.length);
        if (value != null) {
            to.write(value);
        }
    }

    private static byte[] one(int oid, Object value) {
        return switch (value) {
            case Boolean flag -> bytes(to -> to.writeBoolean(flag));
            case Long number -> bytes(to -> to.writeLong(number));
            case Integer number -> bytes(to -> to.writeInt(number));
            case Double number -> bytes(to -> to.writeDouble(number));
            case BigDecimal number -> bytes(to -> numeric(to, number));
            case LocalDate date -> bytes(to -> to.writeInt((int) EPOCH.until(date, ChronoUnit.DAYS)));
            case Instant time -> bytes(to -> to.writeLong(EPOCH_INSTANT.until(time, ChronoUnit.MICROS)));
            case String text -> text(oid, text);
            default -> throw new IllegalArgumentException("no value of " + value.getClass());
        };
    }

    private static byte[] text(int oid, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return switch (oid) {
            case UUID_TYPE -> {
                UUID id = UUID.fromString(text);
                yield bytes(to -> {
                    to.writeLong(id.getMostSignificantBits());
                    to.writeLong(id.getLeastSignificantBits());
                });
            }
            case JSONB ->
                bytes(to -> {
                    to.writeByte(1);
                    to.write(utf8);
                });
            default -> utf8;
        };
    }

    private static byte[] array(int oid, List<?> elements) {
        return bytes(to -> {
            to.writeInt(elements.isEmpty() ? 0 : 1);
            to.writeInt(0);
            to.writeInt(oid);
            if (!elements.isEmpty()) {
                to.writeInt(elements.size());
                to.writeInt(1);
            }
            for (Object element : elements) {
                write(to, one(oid, element));
            }
        });
    }

    /// Digits to the base 10,000 without those that are zero at the end.
    private static void numeric(DataOutputStream to, BigDecimal value) throws IOException {
        int groupsBehind = (value.scale() + BASE_DIGITS - 1) / BASE_DIGITS;
        BigInteger rest = value.abs().movePointRight(groupsBehind * BASE_DIGITS).toBigIntegerExact();
        Deque<Integer> groups = new ArrayDeque<>();
        int weight = -groupsBehind - 1;
        for (; rest.signum() > 0; rest = rest.divide(BASE)) {
            int group = rest.mod(BASE).intValue();
            weight++;
            if (group > 0 || !groups.isEmpty()) {
                groups.addFirst(group);
            }
        }
        to.writeShort(groups.size());
        to.writeShort(groups.isEmpty() ? 0 : weight);
        to.writeShort(value.signum() < 0 ? 0x4000 : 0);
        to.writeShort(value.scale());
        for (int group : groups) {
            to.writeShort(group);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private void write(Writing writing) {
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
