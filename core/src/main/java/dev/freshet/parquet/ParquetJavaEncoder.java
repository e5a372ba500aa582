package dev.freshet.parquet;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.batch.Vector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.OutputFile;

/// parquet-java's own writer, fed row by row. What Delta needs to know of the file is read from its footer.
final class ParquetJavaEncoder implements FileEncoder {
    /// parquet-java refuses pages of a few bytes.
    private static final int LEAST_PAGE = 256;

    private final Schema schema;
    private final UploadFile out;
    private final ParquetWriter<BatchRow> writer;
    private final long[] nulls;
    private List<ColumnStatistics> statistics = List.of();

    ParquetJavaEncoder(Schema schema, UploadFile out, WriteOptions options, Codecs codecs) throws IOException {
        this.schema = schema;
        this.out = out;
        this.nulls = new long[schema.size()];
        this.writer = writer(schema, out, options, codecs);
    }

    private static ParquetWriter<BatchRow> writer(Schema schema, OutputFile out, WriteOptions options, Codecs codecs)
            throws IOException {
        RowWriter.Builder builder = new RowWriter.Builder(out, schema)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(codecs)
                .withCompressionCodec(options.codec().parquet())
                .withRowGroupSize(options.rowGroupBytes())
                .withRowGroupRowCountLimit((int) Math.min(Integer.MAX_VALUE, options.rowGroupRows()))
                .withPageSize(Math.max(LEAST_PAGE, options.pageBytes()))
                .withMinRowCountForPageSizeCheck(1)
                .withPageWriteChecksumEnabled(true);
        for (Column column : schema.columns()) {
            if (options.hasBloomFilter(column.name()) && ChunkWriter.hasFilter(column.type())) {
                builder.withBloomFilterEnabled(column.name(), true).withAdaptiveBloomFilterEnabled(true);
            }
        }
        return builder.build();
    }

    @Override
    public void write(Batch batch) throws IOException {
        refuseNulls(batch);
        for (int row = 0; row < batch.rows(); row++) {
            writer.write(new BatchRow(batch, row));
        }
    }

    private void refuseNulls(Batch batch) {
        for (int i = 0; i < schema.size(); i++) {
            Vector vector = batch.column(i);
            long absent = vector.hasNulls()
                    ? IntStream.range(0, batch.rows()).filter(vector::isNull).count()
                    : 0;
            if (absent > 0 && !schema.column(i).nullable()) {
                throw ChunkWriter.nullIn(schema.column(i));
            }
            nulls[i] += absent;
        }
    }

    @Override
    public void finish() throws IOException {
        writer.close();
        var blocks = writer.getFooter().getBlocks();
        List<ColumnStatistics> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            int index = i;
            columns.add(FooterBounds.statistics(
                    schema.column(i),
                    nulls[i],
                    blocks.stream()
                            .<Statistics<?>>map(
                                    block -> block.getColumns().get(index).getStatistics())
                            .toList()));
        }
        statistics = List.copyOf(columns);
    }

    @Override
    public long bytesHeld() {
        return writer.getDataSize() - out.position();
    }

    @Override
    public List<ColumnStatistics> statistics() {
        return statistics;
    }

    @Override
    public void close() {}
}
