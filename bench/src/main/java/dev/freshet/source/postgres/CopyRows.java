package dev.freshet.source.postgres;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Schema;
import dev.freshet.ingest.BatchSink;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Objects;

/// A table as a server sends it, a message a row, in memory: it is decoded as our own client decodes it, without a
/// network. Immutable.
public final class CopyRows {
    private static final int NUMERIC_HEADER = 4;

    private final List<ColumnPlan> plans;
    private final byte[] messages;

    private CopyRows(List<ColumnPlan> plans, byte[] messages) {
        this.plans = plans;
        this.messages = messages;
    }

    /// The rows of these batches. Text of the column `uid` is sent as uuid, that of `doc` as jsonb.
    public static CopyRows of(Schema schema, List<Batch> batches) {
        CopyMessages messages = new CopyMessages();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rows(); row++) {
                messages.beginRow(schema.size());
                for (int column = 0; column < schema.size(); column++) {
                    messages.field(oid(schema.column(column)), batch.value(column, row));
                }
                messages.endRow();
            }
        }
        return new CopyRows(schema.columns().stream().map(CopyRows::plan).toList(), messages.end());
    }

    /// Puts all rows into batches, and returns how many there were.
    public long decode(BatchSink sink) throws InterruptedException {
        CopyDecoder decoder = new CopyDecoder("bench", plans, sink);
        RowJoiner rows = new RowJoiner(decoder);
        try {
            WireInput input = new WireInput(new ByteArrayInputStream(messages), WireInput.roomForMessage(), Lull.NONE);
            input.enlarge();
            while (input.answer() == 'd') {
                rows.decode(input.data(), input.at(), input.end());
            }
        } catch (PostgresException e) {
            throw new IllegalStateException(e);
        }
        decoder.end();
        return decoder.rows();
    }

    private static ColumnPlan plan(Column column) {
        TypePlans types = new TypePlans(BinaryCells.BYTES);
        if (column.type() instanceof Array array) {
            Column element = new Column(column.name(), array.element(), true);
            return new ColumnPlan(column, "", new ArrayCell(plan(element).cell()));
        }
        TypePlan type = Objects.requireNonNull(types.of(oid(column), modifier(column.type())));
        return new ColumnPlan(column, "", type.cell());
    }

    private static int modifier(ColumnType type) {
        return type instanceof Decimal decimal ? (decimal.precision() << 16 | decimal.scale()) + NUMERIC_HEADER : -1;
    }

    /// The number of the type in PostgreSQL; of an array, that of its elements.
    private static int oid(Column column) {
        return switch (column.type()) {
            case Array array -> oid(new Column(column.name(), array.element(), true));
            case Decimal _ -> 1700;
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> 16;
                    case BINARY -> 17;
                    case LONG -> 20;
                    case BYTE, SHORT -> 21;
                    case INT -> 23;
                    case STRING ->
                        column.name().equals("uid") ? 2950 : column.name().equals("doc") ? 3802 : 25;
                    case FLOAT -> 700;
                    case DOUBLE -> 701;
                    case DATE -> 1082;
                    case TIMESTAMP_NTZ -> 1114;
                    case TIMESTAMP -> 1184;
                };
        };
    }
}
