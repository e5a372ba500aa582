package dev.freshet.source.postgres;

import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.LongVector;
import dev.freshet.batch.Vector;
import dev.freshet.batch.WideDecimalVector;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.Misfit;
import java.math.BigInteger;

/// A `numeric` in binary: digits to the base 10,000, the first one's weight, a sign, and the scale for
/// printing.
final class NumericCell implements Cell {
    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000};

    private final Decimal type;
    private final long bound;
    /// The group of four digits that holds the scale's last digit; group 0 stands just before the point.
    private final int last;
    /// How many values of that group the scale tells apart, and what one of them counts in the group.
    private final long lastValues;

    private final int lastUnit;

    NumericCell(Decimal type) {
        this.type = type;
        this.last = -(type.scale() + BASE_DIGITS - 1) / BASE_DIGITS;
        this.lastValues = POWERS[kept(last)];
        this.lastUnit = (int) (BASE / lastValues);
        this.bound = BigInteger.TEN
                .pow(Math.min(type.precision(), Decimal.MAX_LONG_PRECISION))
                .longValueExact();
    }

    @Override
    public void read(byte[] data, int offset, int length, Vector into) {
        if (length < HEADER) {
            throw new Misfit("a numeric of " + length + " bytes");
        }
        BinaryCells.exact(HEADER + Short.BYTES * BinaryCells.int2(data, offset), offset, length);
        int sign = BinaryCells.int2(data, offset + 4) & 0xFFFF;
        if (sign != 0 && sign != NEGATIVE) {
            throw new Misfit(sign == 0xC000 ? "NaN" : sign == 0xD000 ? "Infinity" : "-Infinity");
        }
        if (into instanceof LongVector longs) {
            long value = unscaled(data, offset);
            longs.append(sign == NEGATIVE ? -value : value);
        } else {
            wide(data, offset, sign == NEGATIVE, (WideDecimalVector) into);
        }
    }

    /// The value without sign and point. With at most 18 digits nothing overflows before the bound is passed.
    private long unscaled(byte[] data, int offset) {
        int digits = BinaryCells.int2(data, offset);
        int weight = BinaryCells.int2(data, offset + 2);
        if (digits > 0 && (weight + 1) * BASE_DIGITS > type.precision() - type.scale() + BASE_DIGITS) {
            throw new Misfit(text(data, offset));
        }
        int at = offset + HEADER;
        int end = at + Short.BYTES * digits;
        long value = 0;
        for (int group = weight; group > last; group--) {
            value *= BASE;
            if (at < end) {
                value += BinaryCells.int2(data, at);
                at += Short.BYTES;
            }
        }
        if (weight >= last) {
            value *= lastValues;
            if (at < end) {
                value += exact(BinaryCells.int2(data, at), lastUnit, data, offset);
            }
        }
        if (value >= bound || weight - last + 1 < digits) {
            throw new Misfit(text(data, offset));
        }
        return value;
    }

    private void wide(byte[] data, int offset, boolean negative, WideDecimalVector into) {
        int digits = BinaryCells.int2(data, offset);
        int weight = BinaryCells.int2(data, offset + 2);
        if (digits > 0 && (weight + 1) * BASE_DIGITS > type.precision() - type.scale() + BASE_DIGITS) {
            throw new Misfit(text(data, offset));
        }
        long high = 0;
        long low = 0;
        for (int group = weight; group >= last; group--) {
            int at = weight - group;
            int digit = at < digits ? BinaryCells.int2(data, offset + HEADER + 2 * at) : 0;
            int kept = kept(group);
            high = high * POWERS[kept] + Math.unsignedMultiplyHigh(low, POWERS[kept]);
            long product = low * POWERS[kept];
            low = product + exact(digit, (int) (BASE / POWERS[kept]), data, offset);
            high += Long.compareUnsigned(low, product) < 0 ? 1 : 0;
        }
        if (weight - last + 1 < digits) {
            throw new Misfit(text(data, offset));
        }
        into.append(negative ? ~high + (low == 0 ? 1 : 0) : high, negative ? -low : low);
    }

    /// How many of a group's four digits the scale keeps.
    private int kept(int group) {
        int behind = -group * BASE_DIGITS;
        return Math.min(BASE_DIGITS, type.scale() - behind + BASE_DIGITS);
    }

    /// A group's digits without those beyond the scale, which must be zeros.
    private static int exact(int digit, int unit, byte[] data, int offset) {
        if (unit == 1) {
            return digit;
        }
        if (digit % unit != 0) {
            throw new Misfit(text(data, offset));
        }
        return digit / unit;
    }

    private static String text(byte[] data, int offset) {
        return NumericText.of(data, offset);
    }
}
