package dev.freshet.batch;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;

/// The values of one column of a [Batch], appended row by row and read by row number. Its arrays grow as needed
/// and are kept by [#clear()] for the next rows. Confined to one thread at a time. A null row's value is zero or
/// empty.
public sealed interface Vector
        permits IntVector, LongVector, WideDecimalVector, FloatVector, DoubleVector, BytesVector, ListVector {
    /// A new, empty vector for values of a type.
    static Vector of(ColumnType type) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN, BYTE, SHORT, INT, DATE -> new IntVector();
                    case LONG, TIMESTAMP, TIMESTAMP_NTZ -> new LongVector();
                    case FLOAT -> new FloatVector();
                    case DOUBLE -> new DoubleVector();
                    case STRING, BINARY -> new BytesVector();
                };
            case Decimal decimal -> decimal.wide() ? new WideDecimalVector() : new LongVector();
            case Array array -> new ListVector(Vector.of(array.element()));
        };
    }

    /// A new, empty vector of the same kind, which from its first row on has room for about as much as is in this one,
    /// or as this one was to have room for.
    Vector another();

    /// Rows appended since the last [#clear()].
    int size();

    boolean isNull(int row);

    /// Whether any row is null.
    boolean hasNulls();

    void appendNull();

    /// Memory that the arrays hold, used or not.
    long bytes();

    /// Memory that the rows use.
    long usedBytes();

    /// Forgets the rows. Arrays are kept, except those that the rows used less than a quarter of: they shrink, so
    /// that one huge value does not stay with the batch for ever.
    void clear();
}
