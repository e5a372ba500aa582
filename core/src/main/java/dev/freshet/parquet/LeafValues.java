package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The present values of one leaf column, from vectors into pages, and their bounds in the page and in the file.
sealed interface LeafValues permits BooleanValues, IntegralValues, FloatingValues, WideDecimalValues, BytesValues {
    /// So many values are gone over by one call. The JVM compiles a method that was called often long before
    /// a loop that only goes on for long, which for most columns of a million rows would be too late.
    int STRETCH = 64;

    /// @param filter told the values, if there is one
    static LeafValues of(ColumnType type, PageLimits limits, @Nullable BloomBits filter) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> new BooleanValues();
                    case BYTE, SHORT, INT, DATE -> new IntegralValues(type, Integer.BYTES, limits, filter);
                    case LONG, TIMESTAMP, TIMESTAMP_NTZ -> new IntegralValues(type, Long.BYTES, limits, filter);
                    case FLOAT -> new FloatingValues(Float.BYTES, limits, filter);
                    case DOUBLE -> new FloatingValues(Double.BYTES, limits, filter);
                    case STRING -> new BytesValues(true, limits, filter);
                    case BINARY -> new BytesValues(false, limits, filter);
                };
            case Decimal decimal when decimal.wide() -> new WideDecimalValues(decimal, limits, filter);
            case Decimal decimal ->
                new IntegralValues(decimal, ParquetTypes.fitsInt(decimal) ? Integer.BYTES : Long.BYTES, limits, filter);
            case Array array -> throw new IllegalArgumentException(array + " is not a leaf");
        };
    }

    /// The end of the rows, more than `from`, that may be added before the page's size is looked at again.
    int fitting(Vector vector, int from, int to);

    /// Adds the rows of a vector that are not null.
    void add(Vector vector, int from, int to);

    boolean pageFull();

    /// The values of the page, valid until the next ones are added or the space is used again.
    EncodedValues encode(PageSpace space) throws IOException;

    /// Returns the page's bounds, makes them part of the file's, and begins a new page.
    PageBounds endPage();

    Optional<DictionaryPage> endChunk();

    /// Memory held.
    long bytes();

    /// Returns the bounds of the file's pages, and begins a new file.
    Optional<Bounds> endFile();
}
