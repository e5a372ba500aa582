package dev.freshet.ingest;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.WideDecimalVector;
import java.nio.charset.StandardCharsets;

/// Cells that read what a database prints, exactly or not at all: `12.50` is a `decimal(4,1)`, `12.55` is none.
public final class TextCells {
    static final String NAMES =
            "string, binary, boolean, byte, short, integer, long, decimal(p,s), date, timestamp, timestamp_ntz";

    private TextCells() {}

    /// Whether every text that names a value of the type names it exactly. A float's or an array's does not.
    static boolean readable(ColumnType type) {
        return !(type instanceof Array) && !type.equals(ColumnType.FLOAT) && !type.equals(ColumnType.DOUBLE);
    }

    /// The cell for values of a type.
    ///
    /// @throws IllegalArgumentException for an array
    public static Cell of(ColumnType type) {
        return switch (type) {
            case Simple simple -> simple(simple);
            case Decimal decimal -> decimal(decimal);
            case Array array -> throw new IllegalArgumentException("an array has no text: " + array);
        };
    }

    /// The cell for text whose bytes may be no UTF-8, which it refuses.
    public static Cell checkedText() {
        return Utf8Check::append;
    }

    private static Cell simple(Simple type) {
        return switch (type) {
            case STRING, BINARY -> (data, offset, length, into) -> ((BytesVector) into).append(data, offset, length);
            case BOOLEAN ->
                (data, offset, length, into) -> ((IntVector) into).append(TextNumbers.bool(data, offset, length));
            case BYTE -> integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> integer(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG ->
                (data, offset, length, into) -> ((LongVector) into)
                        .append(TextNumbers.integer(data, offset, length, Long.MIN_VALUE, Long.MAX_VALUE));
            case FLOAT ->
                (data, offset, length, into) ->
                        ((FloatVector) into).append((float) TextNumbers.real(data, offset, length));
            case DOUBLE ->
                (data, offset, length, into) -> ((DoubleVector) into).append(TextNumbers.real(data, offset, length));
            case DATE ->
                (data, offset, length, into) -> ((IntVector) into).append(TextTimes.days(data, offset, length));
            case TIMESTAMP ->
                (data, offset, length, into) -> ((LongVector) into).append(TextTimes.instant(data, offset, length));
            case TIMESTAMP_NTZ ->
                (data, offset, length, into) -> ((LongVector) into).append(TextTimes.local(data, offset, length));
        };
    }

    private static Cell integer(int least, int most) {
        return (data, offset, length, into) ->
                ((IntVector) into).append((int) TextNumbers.integer(data, offset, length, least, most));
    }

    private static Cell decimal(Decimal type) {
        if (type.wide()) {
            return (data, offset, length, into) ->
                    ((WideDecimalVector) into).append(TextNumbers.unscaled(data, offset, length, type));
        }
        return (data, offset, length, into) ->
                ((LongVector) into).append(TextNumbers.unscaledLong(data, offset, length, type));
    }

    /// The bytes as text, for messages.
    static String text(byte[] data, int offset, int length) {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }
}
