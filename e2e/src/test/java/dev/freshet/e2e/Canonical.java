package dev.freshet.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One text for one value, however an engine prints it. Nothing is rounded: a text that is no value of the type is an
/// error. Arrays are printed as JSON arrays of texts.
final class Canonical {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DECIMAL = Pattern.compile("decimal\\(\\d+,(\\d+)\\)");
    private static final Pattern ARRAY = Pattern.compile("array<(.*)>");
    private static final Pattern BEFORE_CHRIST = Pattern.compile("(\\d{4,})(-.*) \\(?BC\\)?");

    private Canonical() {}

    /// @param type the column's Delta type
    /// @param text what an engine prints, null for a null
    static String of(String type, String text) {
        if (text == null) {
            return "null";
        }
        Matcher array = ARRAY.matcher(type);
        return array.matches() ? elements(array.group(1), text) : scalar(type, text);
    }

    private static String elements(String type, String json) {
        try {
            return JSON.readTree(json)
                    .valueStream()
                    .map(element -> of(type, element.isNull() ? null : element.asText()))
                    .toList()
                    .toString();
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String scalar(String type, String text) {
        return switch (type) {
            case "boolean" -> Boolean.toString(List.of("t", "true", "1").contains(text));
            case "byte", "short", "integer", "long" -> new BigInteger(text).toString();
            case "float" -> Float.toString((float) Double.parseDouble(number(text)));
            case "double" -> Double.toString(Double.parseDouble(number(text)));
            case "binary" -> text.replaceFirst("^\\\\x", "").toUpperCase(Locale.ROOT);
            case "date" -> LocalDate.parse(year(text)).toString();
            case "timestamp", "timestamp_ntz" -> time(text);
            case "string" -> "'" + text + "'";
            default -> decimal(type, text);
        };
    }

    private static String decimal(String type, String text) {
        Matcher decimal = DECIMAL.matcher(type);
        if (!decimal.matches()) {
            throw new AssertionError("a type that nobody expected: " + type);
        }
        return new BigDecimal(text).setScale(Integer.parseInt(decimal.group(1))).toPlainString();
    }

    private static String number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> "NaN";
            case "inf", "infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> text;
        };
    }

    private static String time(String text) {
        String iso = year(text).replace(' ', 'T').replaceFirst("(\\+00|Z)$", "");
        return LocalDateTime.parse(iso).toString();
    }

    private static String year(String text) {
        Matcher before = BEFORE_CHRIST.matcher(text);
        return before.matches() ? "%05d%s".formatted(1 - Integer.parseInt(before.group(1)), before.group(2)) : text;
    }

    /// The cells of a row, given the texts of an engine for each.
    static List<String> row(List<DeltaFolder.Column> columns, List<String> cells) {
        if (columns.size() != cells.size()) {
            throw new AssertionError(cells.size() + " cells for " + columns);
        }
        return IntStream.range(0, cells.size())
                .mapToObj(n -> of(columns.get(n).type(), cells.get(n)))
                .toList();
    }
}
