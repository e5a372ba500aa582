package dev.freshet.source.postgres;

import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.ingest.Cell;
import org.jspecify.annotations.Nullable;

/// The built-in types that are read in binary, by the numbers that they have in every PostgreSQL database.
record TypePlans(Cell text) {
    private static final int NUMERIC = 1700;
    private static final int MODIFIER_HEADER = 4;

    /// The plan for a built-in type; null for a type that the catalog must explain or that arrives as text.
    @Nullable
    TypePlan of(long oid, int modifier) {
        return switch (Math.toIntExact(Math.min(oid, Integer.MAX_VALUE))) {
            case 16 -> binary(ColumnType.BOOLEAN, BinaryCells.BOOLEAN);
            case 17 -> binary(ColumnType.BINARY, BinaryCells.BYTES);
            case 20 -> binary(ColumnType.LONG, BinaryCells.INT8);
            case 21 -> binary(ColumnType.SHORT, BinaryCells.INT2);
            case 23 -> binary(ColumnType.INT, BinaryCells.INT4);
            case 26 -> binary(ColumnType.LONG, BinaryCells.OID);
            case 19, 25, 114, 1042, 1043 -> binary(ColumnType.STRING, text); // name, text, json, char(n), varchar(n)
            case 700 -> binary(ColumnType.FLOAT, BinaryCells.FLOAT4);
            case 701 -> binary(ColumnType.DOUBLE, BinaryCells.FLOAT8);
            case 1082 -> binary(ColumnType.DATE, BinaryCells.DATE);
            case 1114 -> binary(ColumnType.TIMESTAMP_NTZ, BinaryCells.TIMESTAMP);
            case 1184 -> binary(ColumnType.TIMESTAMP, BinaryCells.TIMESTAMP);
            case 2950 -> binary(ColumnType.STRING, BinaryCells.UUID);
            case 3802 -> binary(ColumnType.STRING, BinaryCells.JSONB);
            case NUMERIC -> numeric(modifier);
            default -> null;
        };
    }

    /// Whether the type is known exactly but has no type of its own in a dataset, so that its text stands for
    /// it, in arrays too: time, timetz, bit, varbit, "char", and a numeric that no decimal holds.
    boolean printed(long oid, int modifier) {
        return oid == 1083
                || oid == 1266
                || oid == 1560
                || oid == 1562
                || oid == 18
                || (oid == NUMERIC && numeric(modifier) == null);
    }

    private static TypePlan binary(ColumnType type, Cell cell) {
        return new TypePlan(type, "", cell);
    }

    /// A scale may be negative, `numeric(10,-2)` being whole hundreds, or exceed the precision.
    private static @Nullable TypePlan numeric(int modifier) {
        if (modifier < MODIFIER_HEADER) {
            return null;
        }
        int packed = modifier - MODIFIER_HEADER;
        int precision = (packed >> 16) & 0xFFFF;
        int scale = ((packed & 0x7FF) ^ 1024) - 1024;
        int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
        if (digits > Decimal.MAX_PRECISION) {
            return null;
        }
        Decimal type = new Decimal(digits, Math.max(scale, 0));
        return new TypePlan(type, "", new NumericCell(type));
    }
}
