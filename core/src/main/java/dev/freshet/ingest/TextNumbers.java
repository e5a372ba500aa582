package dev.freshet.ingest;

import dev.freshet.batch.ColumnType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/// Reads numbers from text, exactly or not at all.
final class TextNumbers {
    private static final int MAX_FAST_DIGITS = 18;
    private static final int MAX_EXPONENT_TEXT = 4096;

    private TextNumbers() {}

    static int bool(byte[] data, int offset, int length) {
        String text = TextCells.text(data, offset, length);
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "t", "true", "1" -> 1;
            case "f", "false", "0" -> 0;
            default -> throw new Misfit(text);
        };
    }

    static long integer(byte[] data, int offset, int length, long least, long most) {
        boolean negative = length > 0 && data[offset] == '-';
        int digits = length - (negative ? 1 : 0);
        if (digits < 1 || digits > MAX_FAST_DIGITS) {
            return longInteger(data, offset, length, least, most);
        }
        long value = 0;
        for (int i = offset + length - digits; i < offset + length; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new Misfit(TextCells.text(data, offset, length));
            }
            value = value * 10 + digit;
        }
        return within(negative ? -value : value, least, most);
    }

    private static long longInteger(byte[] data, int offset, int length, long least, long most) {
        String text = TextCells.text(data, offset, length);
        try {
            return within(Long.parseLong(text), least, most);
        } catch (NumberFormatException _) {
            throw new Misfit(text);
        }
    }

    private static long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw new Misfit(Long.toString(value));
        }
        return value;
    }

    static double real(byte[] data, int offset, int length) {
        String text = TextCells.text(data, offset, length);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            throw new Misfit(text);
        }
    }

    /// The unscaled value of a decimal that fits a long, without making objects where the text is plain.
    static long unscaledLong(byte[] data, int offset, int length, Decimal type) {
        boolean negative = length > 0 && data[offset] == '-';
        long value = 0;
        int digits = 0;
        int point = -1;
        for (int i = negative ? 1 : 0; i < length; i++) {
            int digit = data[offset + i] - '0';
            if (digit >= 0 && digit <= 9 && digits < MAX_FAST_DIGITS) {
                value = value * 10 + digit;
                digits += value == 0 ? 0 : 1;
            } else if (digit == '.' - '0' && point < 0) {
                point = i;
            } else {
                return unscaled(data, offset, length, type).longValueExact();
            }
        }
        int missing = type.scale() - (point < 0 ? 0 : length - 1 - point);
        if (missing < 0 || digits + missing > type.precision() || length == 0) {
            return unscaled(data, offset, length, type).longValueExact();
        }
        for (int i = 0; i < missing; i++) {
            value *= 10;
        }
        return negative ? -value : value;
    }

    static BigInteger unscaled(byte[] data, int offset, int length, Decimal type) {
        String text = TextCells.text(data, offset, length);
        try {
            if (length > MAX_EXPONENT_TEXT) {
                throw new Misfit(text);
            }
            BigDecimal value = new BigDecimal(text).stripTrailingZeros();
            if (value.signum() != 0
                    && (value.scale() > type.scale() || whole(value) > type.precision() - type.scale())) {
                throw new Misfit(text);
            }
            return value.setScale(type.scale()).unscaledValue();
        } catch (NumberFormatException | ArithmeticException _) {
            throw new Misfit(text);
        }
    }

    /// Digits before the point.
    private static long whole(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }
}
