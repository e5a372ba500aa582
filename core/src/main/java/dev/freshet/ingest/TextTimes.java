package dev.freshet.ingest;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads dates and times from text, exactly or not at all: `2024-02-29`, `2024-02-29 23:59:59.999999`, with `T`
/// or a space between, a zone such as `+00`, `+05:30` or `Z` for an instant, and ` BC` at the end for years
/// before 1. All dates are Gregorian, also those before 1582. A timestamp at midnight is a date.
final class TextTimes {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long SECONDS_A_DAY = 86_400;
    private static final Pattern TIMESTAMP = Pattern.compile("(-?[0-9]{4,10}-[0-9]{2}-[0-9]{2})"
            + "(?:[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,6})0*)?)?"
            + "(Z|[+-][0-9]{2}(?::[0-9]{2}){0,2})?( BC)?");

    private TextTimes() {}

    static int days(byte[] data, int offset, int length) {
        if (length == 10 && data[offset + 4] == '-' && data[offset + 7] == '-') {
            return plainDays(data, offset);
        }
        String text = TextCells.text(data, offset, length);
        boolean bc = text.endsWith(" BC");
        String date = (bc ? text.substring(0, text.length() - 3) : text).replaceFirst("[ T]00:00:00(\\.0+)?$", "");
        return Math.toIntExact(day(text, date, bc));
    }

    private static int plainDays(byte[] data, int offset) {
        int year = 100 * two(data, offset) + two(data, offset + 2);
        int month = two(data, offset + 5);
        int day = two(data, offset + 8);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28) {
            return Math.toIntExact(day(TextCells.text(data, offset, 10), TextCells.text(data, offset, 10), false));
        }
        return (int) LocalDate.of(year, month, day).toEpochDay();
    }

    /// Two digits as a number; far below zero if they are none.
    private static int two(byte[] data, int at) {
        int tens = data[at] - '0';
        int ones = data[at + 1] - '0';
        return (tens | ones) < 0 || tens > 9 || ones > 9 ? -100_000 : 10 * tens + ones;
    }

    private static long day(String shown, String date, boolean bc) {
        try {
            int month = date.length() - 5;
            if (!date.matches("-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}")) {
                throw new Misfit(shown);
            }
            int year = Integer.parseInt(date.substring(0, month - 1));
            return LocalDate.of(
                            bc ? 1 - year : year,
                            Integer.parseInt(date.substring(month, month + 2)),
                            Integer.parseInt(date.substring(month + 3)))
                    .toEpochDay();
        } catch (DateTimeException | NumberFormatException _) {
            throw new Misfit(shown);
        }
    }

    /// Microseconds of a timestamp without a zone.
    static long local(byte[] data, int offset, int length) {
        if (plain(data, offset, length)) {
            return plainMicros(data, offset, length);
        }
        return micros(TextCells.text(data, offset, length), false);
    }

    private static boolean plain(byte[] data, int offset, int length) {
        return length >= 19
                && data[offset + 10] == ' '
                && data[offset + 13] == ':'
                && data[offset + 16] == ':'
                && (length == 19 || (length > 20 && length <= 26 && data[offset + 19] == '.'));
    }

    /// Microseconds of a timestamp with a zone.
    static long instant(byte[] data, int offset, int length) {
        return micros(TextCells.text(data, offset, length), true);
    }

    private static long plainMicros(byte[] data, int offset, int length) {
        int hour = two(data, offset + 11);
        int minute = two(data, offset + 14);
        int second = two(data, offset + 17);
        String shape = new String(data, offset, length, StandardCharsets.ISO_8859_1);
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
            return micros(shape, false);
        }
        long fraction = 0;
        for (int i = 20; i < 26; i++) {
            int digit = i < length ? data[offset + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return micros(shape, false);
            }
            fraction = fraction * 10 + digit;
        }
        try {
            long seconds = days(data, offset, 10) * SECONDS_A_DAY + hour * 3600L + minute * 60L + second;
            return seconds * MICROS_A_SECOND + fraction;
        } catch (Misfit _) {
            throw new Misfit(shape);
        }
    }

    private static long micros(String text, boolean zoned) {
        Matcher form = TIMESTAMP.matcher(text);
        if (!form.matches() || (form.group(6) != null) != zoned) {
            throw new Misfit(text, zoned ? "it needs a zone" : "");
        }
        long seconds = 0;
        if (form.group(2) != null) {
            seconds = clock(text, form);
        }
        long day = day(text, form.group(1), form.group(7) != null);
        try {
            long all = Math.addExact(Math.multiplyExact(day, SECONDS_A_DAY), seconds - offset(form.group(6)));
            return Math.addExact(Math.multiplyExact(all, MICROS_A_SECOND), fraction(form.group(5)));
        } catch (ArithmeticException _) {
            throw new Misfit(text, "out of range");
        }
    }

    private static long clock(String text, Matcher form) {
        int hour = Integer.parseInt(form.group(2));
        int minute = Integer.parseInt(form.group(3));
        int second = Integer.parseInt(form.group(4));
        if (hour > 23 || minute > 59 || second > 59) {
            throw new Misfit(text);
        }
        return hour * 3600L + minute * 60L + second;
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00000").substring(0, 6));
    }

    private static long offset(@Nullable String zone) {
        if (zone == null || zone.equals("Z")) {
            return 0;
        }
        long seconds = 0;
        long unit = 3600;
        for (String part : zone.substring(1).split(":")) {
            seconds += unit * Integer.parseInt(part);
            unit /= 60;
        }
        return zone.charAt(0) == '-' ? -seconds : seconds;
    }
}
