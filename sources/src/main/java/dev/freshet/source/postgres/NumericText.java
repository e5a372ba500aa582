package dev.freshet.source.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;

/// Prints a binary `numeric` for a message.
final class NumericText {
    private NumericText() {}

    static String of(byte[] data, int offset) {
        int digits = BinaryCells.int2(data, offset);
        int weight = BinaryCells.int2(data, offset + 2);
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < digits; i++) {
            unscaled = unscaled.multiply(BigInteger.valueOf(10_000))
                    .add(BigInteger.valueOf(BinaryCells.int2(data, offset + 8 + 2 * i)));
        }
        BigDecimal value = new BigDecimal(unscaled, 4 * (digits - 1 - weight)).stripTrailingZeros();
        return (BinaryCells.int2(data, offset + 4) == 0 ? "" : "-") + value.toPlainString();
    }
}
