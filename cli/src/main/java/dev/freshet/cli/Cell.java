package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/// One column of a printed table: its title, the field it shows (a path such as `lineage/source_system`) and how.
record Cell(String title, String field, Style style) {
    enum Style {
        TEXT,
        NUMBER,
        BYTES,
        TIME,
        SHORT,
        AGE,
        STATES
    }

    private static final String NOTHING = "-";
    private static final int SECONDS = "2026-01-01T00:00:00".length();
    private static final int SHORT = 40;

    static Cell text(String field) {
        return new Cell(title(field), field, Style.TEXT);
    }

    static Cell text(String title, String field) {
        return new Cell(title, field, Style.TEXT);
    }

    static Cell number(String field) {
        return new Cell(title(field), field, Style.NUMBER);
    }

    static Cell number(String title, String field) {
        return new Cell(title, field, Style.NUMBER);
    }

    static Cell bytes(String field) {
        return new Cell(title(field), field, Style.BYTES);
    }

    static Cell time(String field) {
        return new Cell(title(field), field, Style.TIME);
    }

    /// Of a text that may be long, its beginning.
    static Cell shortened(String field) {
        return new Cell(title(field), field, Style.SHORT);
    }

    /// An object of `secs` and `at_least`.
    static Cell age(String title, String field) {
        return new Cell(title, field, Style.AGE);
    }

    static Cell shortened(String title, String field) {
        return new Cell(title, field, Style.SHORT);
    }

    /// A list of objects of `name` and `state`.
    static Cell states(String field) {
        return new Cell(title(field), field, Style.STATES);
    }

    static Cell time(String title, String field) {
        return new Cell(title, field, Style.TIME);
    }

    /// For a field whose name may be any text.
    static Cell named(String name, Style style) {
        return new Cell(name, name.replace("~", "~0").replace("/", "~1"), style);
    }

    boolean toTheRight() {
        return style == Style.NUMBER || style == Style.BYTES;
    }

    String of(JsonNode row) {
        JsonNode value = row.at("/" + field);
        if (value.isMissingNode() || value.isNull() || isEmptyText(value)) return NOTHING;
        return switch (style) {
            case TEXT -> text(value);
            case SHORT -> shortened(value);
            case AGE -> age(value);
            case STATES -> states(value);
            case NUMBER -> value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
            case BYTES -> Sizes.text(value.asLong());
            case TIME -> seconds(value.asText());
        };
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText().replace('\n', ' ') : value.toString();
    }

    private static String shortened(JsonNode value) {
        String text = text(value);
        int[] points = text.codePoints().limit(SHORT - 1).toArray();
        return text.codePointCount(0, text.length()) <= SHORT ? text : new String(points, 0, points.length) + "…";
    }

    private static String age(JsonNode value) {
        return (value.path("at_least").asBoolean() ? "≥ " : "")
                + Sizes.seconds(value.path("secs").asLong());
    }

    private static String states(JsonNode value) {
        List<String> states = value.valueStream()
                .map(each ->
                        each.path("name").asText() + " " + each.path("state").asText())
                .toList();
        return states.isEmpty() ? NOTHING : String.join(", ", states);
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }

    private static String seconds(String instant) {
        return instant.length() > SECONDS ? instant.substring(0, SECONDS) + "Z" : instant;
    }

    private static String title(String field) {
        return field.substring(field.lastIndexOf('/') + 1).replace('_', ' ').toUpperCase(Locale.ROOT);
    }
}
