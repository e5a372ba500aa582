package dev.freshet.parquet;

import dev.freshet.batch.Schema;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/// Makes parquet-java write rows of batches.
final class RowWriter extends WriteSupport<BatchRow> {
    private final Schema schema;
    private @Nullable RowFields fields;

    private RowWriter(Schema schema) {
        this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private WriteContext context() {
        return new WriteContext(ParquetTypes.message(schema), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        fields = new RowFields(schema, consumer);
    }

    @Override
    public void write(BatchRow row) {
        Objects.requireNonNull(fields).write(row);
    }

    /// Makes a writer of a schema's rows.
    static final class Builder extends ParquetWriter.Builder<BatchRow, Builder> {
        private final Schema schema;

        Builder(OutputFile file, Schema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<BatchRow> getWriteSupport(Configuration configuration) {
            return new RowWriter(schema);
        }

        @Override
        protected WriteSupport<BatchRow> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriter(schema);
        }
    }
}
