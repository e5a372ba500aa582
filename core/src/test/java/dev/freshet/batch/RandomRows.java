package dev.freshet.batch;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Random schemas, and random rows as Java objects, from one seed: all types, edge values, repeated values, nulls.
public final class RandomRows {
    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final RandomGenerator random;

    public RandomRows(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    public Schema schema(int columns) {
        List<Column> list = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            list.add(new Column("c" + i, type(2), random.nextInt(4) > 0));
        }
        return new Schema(list);
    }

    private ColumnType type(int depth) {
        int choice = random.nextInt(depth > 0 ? 16 : 14);
        if (choice < 12) {
            return Simple.values()[choice];
        }
        if (choice < 14) {
            int precision = 1 + random.nextInt(Decimal.MAX_PRECISION);
            return new Decimal(precision, random.nextInt(precision + 1));
        }
        return new Array(type(depth - 1));
    }

    public @Nullable Object[][] rows(Schema schema, int count) {
        @Nullable Object[][] rows = new Object[count][schema.size()];
        for (int column = 0; column < schema.size(); column++) {
            fill(rows, column, schema.column(column));
        }
        return rows;
    }

    private void fill(@Nullable Object[][] rows, int index, Column column) {
        int distinct = 1 + random.nextInt(random.nextBoolean() ? 5 : 5000);
        int nullsInTen = column.nullable() ? random.nextInt(11) : 0;
        List<Object> pool = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            if (pool.size() < distinct) {
                pool.add(value(column.type()));
            }
            row[index] = random.nextInt(10) < nullsInTen ? null : pool.get(random.nextInt(pool.size()));
        }
    }

    public Object value(ColumnType type) {
        return switch (type) {
            case Simple simple -> simpleValue(simple);
            case Decimal decimal -> decimal(decimal);
            case Array array -> list(array);
        };
    }

    private List<@Nullable Object> list(Array array) {
        List<@Nullable Object> list = new ArrayList<>();
        int length = random.nextInt(5);
        for (int i = 0; i < length; i++) {
            list.add(random.nextInt(4) == 0 ? null : value(array.element()));
        }
        return list;
    }

    private Object decimal(Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision());
        byte[] bits = new byte[limit.bitLength() / Byte.SIZE + 2];
        random.nextBytes(bits);
        BigInteger unscaled = new BigInteger(1, bits);
        BigInteger magnitude = switch (random.nextInt(6)) {
            case 0 -> limit.subtract(BigInteger.ONE);
            case 1 -> BigInteger.valueOf(random.nextInt(100)).mod(limit);
            default -> unscaled.mod(limit);
        };
        return new BigDecimal(random.nextBoolean() ? magnitude : magnitude.negate(), type.scale());
    }

    private Object simpleValue(Simple type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> random.nextInt(8) == 0 ? Integer.MIN_VALUE : random.nextInt();
            case LONG -> random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextLong();
            case FLOAT -> edge(Float.NEGATIVE_INFINITY, -0.0f, 0.0f, Float.MIN_VALUE, random.nextFloat());
            case DOUBLE -> edge(Double.POSITIVE_INFINITY, -0.0, 0.0, -Double.MAX_VALUE, random.nextGaussian());
            case STRING -> text();
            case BINARY -> bytes();
            case DATE -> FIRST_DAY.plusDays(random.nextLong(ChronoUnit.DAYS.between(FIRST_DAY, LAST_DAY)));
            case TIMESTAMP -> Instant.EPOCH.plus(micros(), ChronoUnit.MICROS);
            case TIMESTAMP_NTZ ->
                LocalDateTime.ofInstant(Instant.EPOCH.plus(micros(), ChronoUnit.MICROS), ZoneOffset.UTC);
        };
    }

    private Object edge(Object... values) {
        return values[Math.min(values.length - 1, random.nextInt(values.length * 3))];
    }

    private long micros() {
        return random.nextLong(FIRST_DAY.toEpochDay() * 86_400_000_000L, LAST_DAY.toEpochDay() * 86_400_000_000L);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[length()];
        random.nextBytes(bytes);
        return bytes;
    }

    private int length() {
        return random.nextInt(20) == 0 ? random.nextInt(2000) : random.nextInt(12);
    }

    private String text() {
        int[] points = new int[length()];
        Arrays.setAll(points, i -> codePoint());
        return new String(points, 0, points.length);
    }

    private int codePoint() {
        return switch (random.nextInt(8)) {
            case 0 -> 0x10FFFF;
            case 1 -> 0xE000 + random.nextInt(0x1000);
            case 2 -> 0x1F600 + random.nextInt(64);
            default -> ' ' + random.nextInt(95);
        };
    }

    /// The rows as a batch.
    public static Batch batch(Schema schema, @Nullable Object[][] rows) {
        Batch batch = new Batch(schema);
        for (@Nullable Object[] row : rows) {
            batch.appendRow(row);
        }
        return batch;
    }
}
