package dev.freshet.batch;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ObjIntConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Batches like those of real tables, always the same: the order lines of a shop with keys, amounts, dates, flags and a
/// few words, and a wide table with identifiers, documents, arrays and nulls.
public final class TypicalRows {
    private static final int BATCH_ROWS = 16 << 10;
    private static final String[] WORDS =
            ("the of carefully final deposits sleep quickly among ironic requests blithely "
                            + "special pending packages haggle furiously regular accounts along even theodolites nag bold ideas "
                            + "express instructions unusual foxes detect slyly across silent asymptotes wake after close platelets")
                    .split(" ");
    private static final String[] FLAGS = {"A", "N", "R"};
    private static final String[] MODES = {"AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK"};
    private static final String[] MOODS = {"sad", "ok", "happy"};

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(5);

    private TypicalRows() {}

    /// Sixteen columns, about 120 bytes a row.
    public static List<Batch> lineItems(int rows) {
        Decimal money = new Decimal(15, 2);
        Schema schema = Schema.of(
                new Column("orderkey", ColumnType.LONG, true),
                new Column("partkey", ColumnType.INT, true),
                new Column("suppkey", ColumnType.INT, true),
                new Column("linenumber", ColumnType.INT, true),
                new Column("quantity", money, true),
                new Column("extendedprice", money, true),
                new Column("discount", money, true),
                new Column("tax", money, true),
                new Column("returnflag", ColumnType.STRING, true),
                new Column("linestatus", ColumnType.STRING, true),
                new Column("shipdate", ColumnType.DATE, true),
                new Column("commitdate", ColumnType.DATE, true),
                new Column("receiptdate", ColumnType.DATE, true),
                new Column("shipinstruct", ColumnType.STRING, true),
                new Column("shipmode", ColumnType.STRING, true),
                new Column("comment", ColumnType.STRING, true));
        return batches(schema, rows, new TypicalRows()::lineItem);
    }

    /// Fourteen columns, some of them lists, about 250 bytes a row.
    public static List<Batch> wide(int rows) {
        Schema schema = Schema.of(
                new Column("id", ColumnType.LONG, false),
                new Column("uid", ColumnType.STRING, true),
                new Column("doc", ColumnType.STRING, true),
                new Column("name", ColumnType.STRING, true),
                new Column("city", ColumnType.STRING, true),
                new Column("amount", new Decimal(38, 10), true),
                new Column("price", new Decimal(12, 2), true),
                new Column("tags", new Array(ColumnType.STRING), true),
                new Column("numbers", new Array(ColumnType.INT), true),
                new Column("mood", ColumnType.STRING, true),
                new Column("created", ColumnType.TIMESTAMP, true),
                new Column("ratio", ColumnType.DOUBLE, true),
                new Column("flag", ColumnType.BOOLEAN, true),
                new Column("note", ColumnType.STRING, true));
        return batches(schema, rows, new TypicalRows()::wideRow);
    }

    private static List<Batch> batches(Schema schema, int rows, ObjIntConsumer<Batch> row) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            if (i % BATCH_ROWS == 0) {
                batches.add(new Batch(schema));
            }
            row.accept(batches.getLast(), i);
        }
        return batches;
    }

    private void lineItem(Batch batch, int n) {
        int shipped = 8036 + random.nextInt(2526);
        int quantity = 1 + random.nextInt(50);
        batch.longs(0).append(n / 4 * 4L + n % 4 / 2);
        batch.ints(1).append(1 + random.nextInt(200_000));
        batch.ints(2).append(1 + random.nextInt(10_000));
        batch.ints(3).append(1 + n % 7);
        batch.longs(4).append(quantity * 100L);
        batch.longs(5).append(quantity * (90_000L + random.nextInt(100_000)));
        batch.longs(6).append(random.nextInt(11));
        batch.longs(7).append(random.nextInt(9));
        batch.texts(8).append(FLAGS[random.nextInt(FLAGS.length)]);
        batch.texts(9).append(shipped > 9300 ? "O" : "F");
        batch.ints(10).append(shipped);
        batch.ints(11).append(shipped + random.nextInt(121) - 60);
        batch.ints(12).append(shipped + 1 + random.nextInt(30));
        batch.texts(13).append("%-25s".formatted(WORDS[random.nextInt(4)]));
        batch.texts(14).append("%-10s".formatted(MODES[random.nextInt(MODES.length)]));
        batch.texts(15).append(words(2 + random.nextInt(6)));
    }

    private void wideRow(Batch batch, int n) {
        batch.longs(0).append(n + 1);
        batch.texts(1).append(new UUID(random.nextLong(), random.nextLong()).toString());
        batch.texts(2)
                .append("{\"a\": %d, \"kind\": \"k%d\", \"text\": \"%x\"}"
                        .formatted(random.nextInt(1000), random.nextInt(20), random.nextLong()));
        batch.texts(3).append("user " + random.nextInt(200_000));
        batch.texts(4).append("city " + random.nextInt(500));
        batch.wideDecimals(5).append(BigInteger.valueOf(random.nextLong()).shiftLeft(random.nextInt(40)));
        present(batch.column(6), n % 10 > 0, () -> batch.longs(6).append(random.nextInt(10_000_000)));
        present(batch.column(7), n % 5 > 0, () -> tags(batch.lists(7)));
        numbers(batch.lists(8));
        batch.texts(9).append(MOODS[random.nextInt(MOODS.length)]);
        batch.longs(10).append(1_700_000_000_000_000L + n * 1_000_000L + random.nextInt(1_000_000));
        batch.doubles(11).append(random.nextGaussian());
        present(batch.column(12), n % 7 > 0, () -> batch.ints(12).append(random.nextInt(2)));
        present(batch.column(13), n % 3 == 0, () -> batch.texts(13).append(words(4 + random.nextInt(20))));
    }

    private static void present(Vector vector, boolean present, Runnable append) {
        if (present) {
            append.run();
        } else {
            vector.appendNull();
        }
    }

    private void tags(ListVector list) {
        for (int i = random.nextInt(4); i > 0; i--) {
            ((BytesVector) list.elements()).append("tag" + random.nextInt(50));
        }
        list.endList();
    }

    private void numbers(ListVector list) {
        for (int i = random.nextInt(5); i > 0; i--) {
            ((IntVector) list.elements()).append(random.nextInt(100_000));
        }
        list.endList();
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
