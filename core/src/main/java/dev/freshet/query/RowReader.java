package dev.freshet.query;

import dev.freshet.batch.Batch;
import dev.freshet.batch.BytesVector;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.ListVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;

/// The rows of a result as batches of a schema. Used once, by one thread.
final class RowReader {
    private final Schema schema;
    private final int batchRows;
    private final Consumer<Batch> sink;
    private final Batch batch;

    RowReader(Schema schema, int batchRows, Consumer<Batch> sink) {
        this.schema = schema;
        this.batchRows = batchRows;
        this.sink = sink;
        this.batch = new Batch(schema);
    }

    void read(ResultSet result) throws SQLException {
        while (result.next()) {
            for (int i = 0; i < schema.size(); i++) {
                append(result, i);
            }
            if (batch.rows() == batchRows) {
                flush();
            }
        }
        if (batch.rows() > 0) {
            flush();
        }
    }

    private void flush() {
        sink.accept(batch);
        batch.clear();
    }

    private void append(ResultSet result, int index) throws SQLException {
        Vector vector = batch.column(index);
        Object value = result.getObject(index + 1);
        if (value == null) {
            vector.appendNull();
            return;
        }
        switch (vector) {
            case IntVector ints -> ints.append(integer(value));
            case LongVector longs ->
                longs.append(number(value, schema.column(index).type()));
            case WideDecimalVector wide -> wide.append(((BigDecimal) value).unscaledValue());
            case FloatVector floats -> floats.append((Float) value);
            case DoubleVector doubles -> doubles.append((Double) value);
            case BytesVector bytes -> bytes.append((String) value);
            case ListVector lists -> append(lists, (Object[]) ((Array) value).getArray());
        }
    }

    private static int integer(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? 1 : 0;
            case LocalDate date -> Math.toIntExact(date.toEpochDay());
            default -> ((Number) value).intValue();
        };
    }

    private static long number(Object value, ColumnType type) {
        return type instanceof Decimal decimal
                ? ((BigDecimal) value).setScale(decimal.scale()).unscaledValue().longValueExact()
                : (Long) value;
    }

    /// Lists of numbers are all that the house computes.
    private static void append(ListVector lists, Object[] elements) {
        LongVector numbers = (LongVector) lists.elements();
        for (Object element : elements) {
            numbers.append((Long) element);
        }
        lists.endList();
    }
}
