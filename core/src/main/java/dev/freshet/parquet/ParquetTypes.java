package dev.freshet.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Schema;
import java.math.BigInteger;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/// The Parquet schema of our schemas, as Spark writes it for Delta tables.
final class ParquetTypes {
    /// What the schema as a whole is called.
    static final String ROOT = "freshet";

    private static final int MAX_INT_PRECISION = 9;

    private ParquetTypes() {}

    static MessageType message(Schema schema) {
        requireNames(schema);
        var builder = Types.buildMessage();
        for (Column column : schema.columns()) {
            builder.addField(field(column.name(), column.type(), column.nullable()));
        }
        return builder.named(ROOT);
    }

    /// @throws IllegalArgumentException if a Delta table cannot have one of the names
    static void requireNames(Schema schema) {
        for (Column column : schema.columns()) {
            Column.nameFault(column.name()).ifPresent(fault -> {
                throw new IllegalArgumentException(fault);
            });
        }
    }

    /// Whether unscaled values fit an int.
    static boolean fitsInt(Decimal decimal) {
        return decimal.precision() <= MAX_INT_PRECISION;
    }

    /// The fewest bytes that hold every unscaled value.
    static int fixedBytes(Decimal decimal) {
        return BigInteger.TEN.pow(decimal.precision()).bitLength() / Byte.SIZE + 1;
    }

    private static Type field(String name, ColumnType type, boolean nullable) {
        Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
        return type instanceof Array array ? list(name, array, repetition) : leaf(name, type, repetition);
    }

    /// The standard list of three levels.
    private static Type list(String name, Array array, Repetition repetition) {
        Type elements = Types.repeatedGroup()
                .addField(field("element", array.element(), true))
                .named("list");
        return Types.buildGroup(repetition).as(listType()).addField(elements).named(name);
    }

    private static PrimitiveType leaf(String name, ColumnType type, Repetition repetition) {
        return switch (type) {
            case Simple simple ->
                switch (simple) {
                    case BOOLEAN -> primitive(name, PrimitiveTypeName.BOOLEAN, null, repetition);
                    case BYTE -> primitive(name, PrimitiveTypeName.INT32, intType(8, true), repetition);
                    case SHORT -> primitive(name, PrimitiveTypeName.INT32, intType(16, true), repetition);
                    case INT -> primitive(name, PrimitiveTypeName.INT32, null, repetition);
                    case LONG -> primitive(name, PrimitiveTypeName.INT64, null, repetition);
                    case FLOAT -> primitive(name, PrimitiveTypeName.FLOAT, null, repetition);
                    case DOUBLE -> primitive(name, PrimitiveTypeName.DOUBLE, null, repetition);
                    case STRING -> primitive(name, PrimitiveTypeName.BINARY, stringType(), repetition);
                    case BINARY -> primitive(name, PrimitiveTypeName.BINARY, null, repetition);
                    case DATE -> primitive(name, PrimitiveTypeName.INT32, dateType(), repetition);
                    case TIMESTAMP -> primitive(name, PrimitiveTypeName.INT64, micros(true), repetition);
                    case TIMESTAMP_NTZ -> primitive(name, PrimitiveTypeName.INT64, micros(false), repetition);
                };
            case Decimal decimal -> decimal(name, decimal, repetition);
            case Array array -> throw new IllegalArgumentException(array + " is not a leaf");
        };
    }

    private static PrimitiveType decimal(String name, Decimal decimal, Repetition repetition) {
        LogicalTypeAnnotation logical = decimalType(decimal.scale(), decimal.precision());
        if (decimal.wide()) {
            return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                    .length(fixedBytes(decimal))
                    .as(logical)
                    .named(name);
        }
        PrimitiveTypeName physical = fitsInt(decimal) ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
        return primitive(name, physical, logical, repetition);
    }

    private static LogicalTypeAnnotation micros(boolean utc) {
        return timestampType(utc, TimeUnit.MICROS);
    }

    private static PrimitiveType primitive(
            String name, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical, Repetition repetition) {
        return Types.primitive(physical, repetition).as(logical).named(name);
    }
}
