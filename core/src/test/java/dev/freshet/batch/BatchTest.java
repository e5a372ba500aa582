package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBatchGivesBackTheValuesThatWereAppended(long seed) {
        RandomRows random = new RandomRows(seed);
        Schema schema = random.schema(12);
        Batch batch = new Batch(schema);
        for (int round = 0; round < 3; round++) {
            @Nullable Object[][] rows = random.rows(schema, 300);
            batch.clear();
            Arrays.stream(rows).forEach(batch::appendRow);
            assertHolds(batch, rows);
        }
    }

    private static void assertHolds(Batch batch, @Nullable Object[][] rows) {
        assertThat(batch.rows()).isEqualTo(rows.length);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < batch.schema().size(); column++) {
                assertThat(batch.value(column, row)).usingRecursiveComparison().isEqualTo(rows[row][column]);
                assertThat(batch.column(column).isNull(row)).isEqualTo(rows[row][column] == null);
            }
        }
    }

    @Test
    void bytesCountsWhatTheArraysHold() {
        Batch batch = new Batch(Schema.of(new Column("a", ColumnType.LONG, true)));
        assertThat(batch.bytes()).isZero();
        for (int i = 0; i < 1000; i++) {
            batch.longs(0).append(i);
        }
        assertThat(batch.usedBytes()).isEqualTo(8000);
        assertThat(batch.bytes()).isEqualTo(batch.longs(0).values().length * 8L);
    }

    @Test
    void oneHugeValueDoesNotStayWithARecycledBatch() {
        Batch batch = new Batch(Schema.of(new Column("a", ColumnType.BINARY, true)));
        batch.texts(0).append(new byte[8 << 20]);
        batch.clear();
        batch.texts(0).append(new byte[100]);
        batch.clear();
        assertThat(batch.bytes()).isLessThan(1 << 10);
    }

    @Test
    void aClearedBatchKeepsItsArraysForTheNextRows() {
        Batch batch = new Batch(Schema.of(new Column("a", ColumnType.INT, true)));
        for (int i = 0; i < 100_000; i++) {
            batch.ints(0).append(i);
        }
        int[] values = batch.ints(0).values();
        batch.clear();
        batch.ints(0).append(1);
        assertThat(batch.ints(0).values()).isSameAs(values);
    }

    @Test
    void nullsOfARecycledBatchAreForgotten() {
        Batch batch = new Batch(Schema.of(new Column("a", ColumnType.INT, true)));
        batch.ints(0).appendNull();
        batch.clear();
        batch.ints(0).append(7);
        assertThat(batch.column(0).hasNulls()).isFalse();
        assertThat(batch.column(0).isNull(0)).isFalse();
    }

    @Test
    void wideDecimalsKeepTheirSignInAll128Bits() {
        WideDecimalVector vector = new WideDecimalVector();
        List<BigInteger> values = List.of(
                BigInteger.TEN.pow(38).subtract(BigInteger.ONE),
                BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate(),
                BigInteger.ONE.negate(),
                BigInteger.ONE.shiftLeft(64));
        values.forEach(vector::append);
        for (int row = 0; row < values.size(); row++) {
            assertThat(vector.get(row)).isEqualTo(values.get(row));
        }
        assertThatThrownBy(() -> vector.append(BigInteger.ONE.shiftLeft(127))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aValueOfAnotherTypeIsRefusedWithItsColumn() {
        Batch batch = new Batch(Schema.of(
                new Column("amount", new Decimal(5, 2), false),
                new Column("tags", new Array(ColumnType.STRING), true)));
        assertThatThrownBy(() -> batch.appendRow("12", null)).hasMessageContaining("'amount' is not a decimal(5,2)");
        assertThatThrownBy(() -> batch.appendRow(new BigDecimal("1.234"), null)).hasMessageContaining("amount");
        assertThatThrownBy(() -> batch.appendRow(new BigDecimal("1234.00"), null))
                .hasMessageContaining("amount");
        assertThatThrownBy(() -> batch.appendRow(null, null)).hasMessageContaining("null in column 'amount'");
    }
}
