package dev.freshet.event;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Entries as bytes, for the spill. The table is not among them: each table has files of its own.
final class EntryBytes {
    private static final int ABSENT = -1;

    private EntryBytes() {}

    static byte[] write(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, entry.type());
            out.writeLong(entry.timestamp().getEpochSecond());
            out.writeInt(entry.timestamp().getNano());
            text(out, entry.payload());
            out.writeInt(entry.columns().size());
            for (Column column : entry.columns()) {
                text(out, column.name());
                text(out, column.type().deltaName());
            }
            out.writeInt(entry.rows().size());
            for (List<@Nullable Object> row : entry.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    value(out, entry.columns().get(i).type(), row.get(i));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// @throws IOException if the bytes are not an entry's
    static Entry read(String table, byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String type = present(in);
            Instant timestamp = Instant.ofEpochSecond(in.readLong(), in.readInt());
            String payload = text(in);
            List<Column> columns = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                columns.add(new Column(present(in), ColumnType.parse(present(in)), true));
            }
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(row(in, columns));
            }
            return new Entry(table, type, timestamp, payload, columns, rows);
        } catch (IllegalArgumentException e) {
            throw new IOException("no entry: " + e.getMessage(), e);
        }
    }

    private static List<@Nullable Object> row(DataInputStream in, List<Column> columns) throws IOException {
        List<@Nullable Object> row = new ArrayList<>();
        for (Column column : columns) {
            row.add(in.readBoolean() ? value(in, column.type()) : null);
        }
        return Collections.unmodifiableList(row);
    }

    private static void value(DataOutputStream out, ColumnType type, @Nullable Object value) throws IOException {
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        switch (type) {
            case Decimal decimal ->
                bytes(
                        out,
                        ((BigDecimal) value)
                                .setScale(decimal.scale())
                                .unscaledValue()
                                .toByteArray());
            case ColumnType.Array _ -> throw new IllegalArgumentException("no event has an array");
            case ColumnType.Simple simple -> {
                switch (simple) {
                    case BOOLEAN -> out.writeBoolean((Boolean) value);
                    case BYTE, SHORT, INT, LONG -> out.writeLong(((Number) value).longValue());
                    case FLOAT -> out.writeFloat((Float) value);
                    case DOUBLE -> out.writeDouble((Double) value);
                    case STRING -> text(out, (String) value);
                    case BINARY -> bytes(out, (byte[]) value);
                    case DATE -> out.writeLong(((LocalDate) value).toEpochDay());
                    case TIMESTAMP -> instant(out, (Instant) value);
                    case TIMESTAMP_NTZ -> instant(out, ((LocalDateTime) value).toInstant(ZoneOffset.UTC));
                }
            }
        }
    }

    private static Object value(DataInputStream in, ColumnType type) throws IOException {
        return switch (type) {
            case Decimal decimal -> new BigDecimal(new BigInteger(in.readNBytes(in.readInt())), decimal.scale());
            case ColumnType.Array _ -> throw new IOException("no event has an array");
            case ColumnType.Simple simple ->
                switch (simple) {
                    case BOOLEAN -> in.readBoolean();
                    case BYTE -> (byte) in.readLong();
                    case SHORT -> (short) in.readLong();
                    case INT -> (int) in.readLong();
                    case LONG -> in.readLong();
                    case FLOAT -> in.readFloat();
                    case DOUBLE -> in.readDouble();
                    case STRING -> present(in);
                    case BINARY -> in.readNBytes(in.readInt());
                    case DATE -> LocalDate.ofEpochDay(in.readLong());
                    case TIMESTAMP -> instant(in);
                    case TIMESTAMP_NTZ -> LocalDateTime.ofInstant(instant(in), ZoneOffset.UTC);
                };
        };
    }

    private static void instant(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
        } else {
            bytes(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String present(DataInputStream in) throws IOException {
        String text = text(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }
}
