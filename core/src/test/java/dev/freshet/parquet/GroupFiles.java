package dev.freshet.parquet;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Schema;
import dev.freshet.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Reads data files through parquet-java's record assembly, with none of our decoding.
final class GroupFiles {
    private GroupFiles() {}

    static @Nullable Object[][] read(Store store, String key, Schema schema) {
        try (ParquetFileReader file = open(store, key)) {
            return rows(file, file::readNextRowGroup, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The rows of those pages that may hold what the filter wants, by the page index; whole rows, unfiltered.
    static @Nullable Object[][] filtered(Store store, String key, Schema schema, FilterPredicate filter) {
        var options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withRecordFilter(FilterCompat.get(filter))
                .useColumnIndexFilter()
                .build();
        try (ParquetFileReader file =
                ParquetFileReader.open(new StoreFile(store, key, store.read(key).length), options)) {
            return rows(file, file::readNextFilteredRowGroup, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Groups {
        @Nullable
        PageReadStore next() throws IOException;
    }

    private static @Nullable Object[][] rows(ParquetFileReader file, Groups groups, Schema schema) throws IOException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        MessageType message = file.getFileMetaData().getSchema();
        for (PageReadStore pages = groups.next(); pages != null; pages = groups.next()) {
            RecordReader<Group> records = new ColumnIOFactory()
                    .getColumnIO(message)
                    .getRecordReader(pages, new GroupRecordConverter(message));
            for (long i = 0; i < pages.getRowCount(); i++) {
                rows.add(row(records.read(), schema));
            }
        }
        return rows.toArray(Object[][]::new);
    }

    static MessageType schema(Store store, String key) {
        try (ParquetFileReader file = open(store, key)) {
            return file.getFileMetaData().getSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<BlockMetaData> blocks(Store store, String key) {
        try (ParquetFileReader file = open(store, key)) {
            return List.copyOf(file.getRowGroups());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether each column of the first row group has a dictionary page.
    static List<Boolean> hasDictionary(Store store, String key) {
        return blocks(store, key).getFirst().getColumns().stream()
                .map(ColumnChunkMetaData::hasDictionaryPage)
                .toList();
    }

    /// The encoding of the values of each column of the last row group: that of the last page, if there are several.
    static List<Encoding> encodings(Store store, String key) {
        return blocks(store, key).getLast().getColumns().stream()
                .map(column -> column.getEncodingStats().getDataEncodings().stream()
                        .reduce((_, later) -> later)
                        .orElseThrow())
                .toList();
    }

    /// The Bloom filters of each row group, null for a column that has none.
    static List<List<@Nullable BloomFilter>> bloomFilters(Store store, String key) {
        try (ParquetFileReader file = open(store, key)) {
            List<List<@Nullable BloomFilter>> groups = new ArrayList<>();
            for (BlockMetaData block : file.getRowGroups()) {
                List<@Nullable BloomFilter> filters = new ArrayList<>();
                for (ColumnChunkMetaData column : block.getColumns()) {
                    filters.add(file.getBloomFilterDataReader(block).readBloomFilter(column));
                }
                groups.add(filters);
            }
            return groups;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ParquetFileReader open(Store store, String key) throws IOException {
        return ParquetFileReader.open(new StoreFile(store, key, store.read(key).length));
    }

    private static @Nullable Object[] row(Group group, Schema schema) {
        @Nullable Object[] row = new Object[schema.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(group, i, schema.column(i).type());
        }
        return row;
    }

    private static @Nullable Object value(Group group, int field, ColumnType type) {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type) {
            case Simple simple -> simpleValue(group, field, simple);
            case Decimal decimal -> new BigDecimal(unscaled(group, field, decimal), decimal.scale());
            case Array array -> list(group.getGroup(field, 0), array.element());
        };
    }

    private static List<@Nullable Object> list(Group list, ColumnType element) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            values.add(value(list.getGroup(0, i), 0, element));
        }
        return values;
    }

    private static BigInteger unscaled(Group group, int field, Decimal decimal) {
        if (decimal.precision() <= 9) {
            return BigInteger.valueOf(group.getInteger(field, 0));
        }
        if (decimal.precision() <= 18) {
            return BigInteger.valueOf(group.getLong(field, 0));
        }
        return new BigInteger(group.getBinary(field, 0).getBytes());
    }

    private static Object simpleValue(Group group, int field, Simple type) {
        return switch (type) {
            case BOOLEAN -> group.getBoolean(field, 0);
            case BYTE, SHORT, INT, DATE -> JavaObjects.of(type, group.getInteger(field, 0));
            case LONG, TIMESTAMP, TIMESTAMP_NTZ -> JavaObjects.of(type, group.getLong(field, 0));
            case FLOAT -> group.getFloat(field, 0);
            case DOUBLE -> group.getDouble(field, 0);
            case STRING -> group.getString(field, 0);
            case BINARY -> group.getBinary(field, 0).getBytes();
        };
    }
}
