package dev.freshet.parquet;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.DoubleVector;
import dev.freshet.batch.FloatVector;
import dev.freshet.batch.IntVector;
import dev.freshet.batch.ListVector;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/// Tells parquet-java the values of one row after the other.
final class RowFields {
    private final Schema schema;
    private final RecordConsumer out;

    RowFields(Schema schema, RecordConsumer out) {
        this.schema = schema;
        this.out = out;
    }

    void write(BatchRow at) {
        out.startMessage();
        for (int i = 0; i < schema.size(); i++) {
            field(
                    schema.column(i).name(),
                    i,
                    schema.column(i).type(),
                    at.batch().column(i),
                    at.row());
        }
        out.endMessage();
    }

    private void field(String name, int index, ColumnType type, Vector vector, int row) {
        if (!vector.isNull(row)) {
            out.startField(name, index);
            value(type, vector, row);
            out.endField(name, index);
        }
    }

    private void value(ColumnType type, Vector vector, int row) {
        switch (vector) {
            case IntVector ints when type.equals(ColumnType.BOOLEAN) -> out.addBoolean(ints.get(row) != 0);
            case IntVector ints -> out.addInteger(ints.get(row));
            case LongVector longs
            when type instanceof Decimal decimal && ParquetTypes.fitsInt(decimal) ->
                out.addInteger((int) longs.get(row));
            case LongVector longs -> out.addLong(longs.get(row));
            case WideDecimalVector decimals -> out.addBinary(fixed((Decimal) type, decimals.get(row)));
            case FloatVector floats -> out.addFloat(floats.get(row));
            case DoubleVector doubles -> out.addDouble(doubles.get(row));
            case BytesVector bytes ->
                out.addBinary(Binary.fromReusedByteArray(bytes.data(), bytes.start(row), bytes.length(row)));
            case ListVector lists -> list(((Array) type).element(), lists, row);
        }
    }

    private void list(ColumnType element, ListVector lists, int row) {
        out.startGroup();
        if (lists.start(row) < lists.end(row)) {
            out.startField("list", 0);
            for (int i = lists.start(row); i < lists.end(row); i++) {
                out.startGroup();
                field("element", 0, element, lists.elements(), i);
                out.endGroup();
            }
            out.endField("list", 0);
        }
        out.endGroup();
    }

    private static Binary fixed(Decimal type, BigInteger unscaled) {
        byte[] shortest = unscaled.toByteArray();
        byte[] bytes = new byte[ParquetTypes.fixedBytes(type)];
        int pad = bytes.length - shortest.length;
        Arrays.fill(bytes, 0, pad, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, pad, shortest.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
