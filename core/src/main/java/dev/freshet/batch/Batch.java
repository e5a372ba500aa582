package dev.freshet.batch;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Some rows of a table, one [Vector] a column. Whoever fills it appends one value to every column for each row;
/// [#clear()] empties it for the next rows. Confined to one thread at a time; handing it to another needs the usual
/// happens-before. [#bytes()] is the memory that it holds, for limits.
public final class Batch {
    private final Schema schema;
    private final List<Vector> columns;

    public Batch(Schema schema) {
        this(schema, schema.columns().stream().map(column -> Vector.of(column.type())));
    }

    private Batch(Schema schema, Stream<Vector> columns) {
        this.schema = schema;
        this.columns = columns.toList();
    }

    /// An empty batch for as much again: as soon as something is appended to a column, that takes the memory which its
    /// rows use here. Another one of an empty batch expects what that one does.
    public Batch another() {
        return new Batch(schema, columns.stream().map(Vector::another));
    }

    public Schema schema() {
        return schema;
    }

    public Vector column(int index) {
        return columns.get(index);
    }

    public IntVector ints(int index) {
        return (IntVector) columns.get(index);
    }

    public LongVector longs(int index) {
        return (LongVector) columns.get(index);
    }

    public WideDecimalVector wideDecimals(int index) {
        return (WideDecimalVector) columns.get(index);
    }

    public FloatVector floats(int index) {
        return (FloatVector) columns.get(index);
    }

    public DoubleVector doubles(int index) {
        return (DoubleVector) columns.get(index);
    }

    public BytesVector texts(int index) {
        return (BytesVector) columns.get(index);
    }

    public ListVector lists(int index) {
        return (ListVector) columns.get(index);
    }

    /// Complete rows: those that the last column has, which is filled last.
    public int rows() {
        return columns.isEmpty() ? 0 : columns.getLast().size();
    }

    /// Memory that the vectors hold, used or not.
    public long bytes() {
        long sum = 0;
        for (Vector column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    /// Memory that the rows use.
    public long usedBytes() {
        long sum = 0;
        for (Vector column : columns) {
            sum += column.usedBytes();
        }
        return sum;
    }

    public void clear() {
        columns.forEach(Vector::clear);
    }

    /// A value as a Java object: `Boolean`, `Byte`, `Short`, `Integer`, `Long`, `Float`, `Double`, `String`,
    /// `byte[]`, `LocalDate`, `Instant`, `LocalDateTime`, `BigDecimal` or a `List` of these; null for a null.
    /// Slow: for small tables and tests.
    public @Nullable Object value(int column, int row) {
        return JavaValues.get(schema.column(column).type(), columns.get(column), row);
    }

    /// Appends one row given as Java objects, as [#value] returns them; times are cut to microseconds. Slow: for
    /// small tables and tests. After an exception the batch is good for nothing but [#clear()].
    ///
    /// @throws IllegalArgumentException if a value is not of its column's type, or a null where there is none
    public void appendRow(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row of " + values.length + " values for " + columns.size() + " columns");
        }
        for (int i = 0; i < values.length; i++) {
            JavaValues.append(schema.column(i), columns.get(i), values[i]);
        }
    }
}
