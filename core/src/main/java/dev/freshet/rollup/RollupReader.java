package dev.freshet.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Fields;
import dev.freshet.schedule.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the definition of a rollup strictly: each refusal names the key and says what would be right.
final class RollupReader {
    private static final List<String> KEYS = List.of(
            "type", "rollup", "source", "time", "updated", "dimensions", "measures", "filters", "definition_version");
    private static final List<String> FUNCTIONS = List.of("sum", "count", "min", "max", "distinct");
    private static final int MOST_COLUMNS = 100;
    private static final int MOST_VALUES = 1000;
    private static final int LARGEST_SKETCH = 65_536;

    private final String owner;
    private final Fields fields;
    private final Set<String> names = new HashSet<>(Set.of(RollupSchema.HOUR));

    private RollupReader(JsonNode kind) {
        this.owner = owner(kind);
        this.fields = Fields.of(owner, kind, Operation.withKeys(KEYS));
    }

    private static String owner(JsonNode kind) {
        JsonNode name = kind.path("rollup");
        return name.isTextual() ? "rollup '" + name.textValue() + "'" : "the rollup";
    }

    /// @throws FreshetException `BAD_DEFINITION` that says where the definition is wrong
    static RollupDefinition read(JsonNode kind) {
        return new RollupReader(kind).definition();
    }

    /// What a one-shot run is asked to do; a schedule's definition asks for nothing in particular.
    static Operation operation(JsonNode kind) {
        return Operation.read(new RollupReader(kind).fields);
    }

    private RollupDefinition definition() {
        return new RollupDefinition(
                name(),
                source(),
                column("time"),
                fields.has("updated") ? column("updated") : null,
                dimensions(),
                measures(),
                filters(),
                fields.has("definition_version")
                        ? OptionalLong.of(fields.number("definition_version", 0, Long.MAX_VALUE))
                        : OptionalLong.empty());
    }

    private String name() {
        return named("rollup", () -> Names.require("rollup", fields.text("rollup")));
    }

    private Source source() {
        Source source = named("source", () -> Source.of(fields.text("source")));
        if (source.path().equals("rollups/" + name())) {
            throw fields.refused("source", "is the rollup itself");
        }
        return source;
    }

    private <T> T named(String key, Supplier<T> read) {
        fields.text(key);
        try {
            return read.get();
        } catch (FreshetException e) {
            throw fields.refused(key, "is no name: " + e.getMessage());
        }
    }

    private String column(String key) {
        String column = fields.text(key);
        if (column.isEmpty()) {
            throw fields.refused(key, "must name a column of the source");
        }
        return column;
    }

    private List<String> dimensions() {
        List<String> dimensions = new ArrayList<>();
        for (JsonNode dimension : fields.has("dimensions") ? fields.list("dimensions") : List.<JsonNode>of()) {
            if (!dimension.isTextual() || dimension.textValue().isEmpty()) {
                throw fields.refused("dimensions", "must be a list of columns of the source");
            }
            dimensions.add(unique("dimensions", dimension.textValue()));
        }
        return dimensions;
    }

    private List<Measure> measures() {
        JsonNode measures = fields.required("measures");
        if (!measures.isObject() || measures.isEmpty()) {
            throw fields.refused("measures", "must be an object such as {tokens: {sum: \"tokens\"}, rows: \"count\"}");
        }
        List<Measure> list = new ArrayList<>();
        measures.properties().forEach(entry -> list.add(measure(entry.getKey(), entry.getValue())));
        if (names.size() > MOST_COLUMNS) {
            throw fields.refused("measures", "makes more than " + MOST_COLUMNS + " columns with the dimensions");
        }
        return list;
    }

    private Measure measure(String name, JsonNode value) {
        unique("measures", name);
        if (value.isTextual() && value.textValue().equals("count")) {
            return new Measure(name, Measure.Function.COUNT, null, Optional.empty(), 0);
        }
        Fields measure = fields.object("measures", List.copyOf(keys(fields.required("measures"))))
                .object(name, List.of("sum", "count", "min", "max", "distinct", "as", "sketch"));
        List<String> asked = FUNCTIONS.stream().filter(measure::has).toList();
        if (asked.size() != 1) {
            throw fields.refused(
                    "measures." + name,
                    "must have one of " + String.join(", ", FUNCTIONS) + ", with the column's name");
        }
        String function = asked.getFirst();
        return new Measure(
                name,
                Measure.Function.valueOf(function.toUpperCase(Locale.ROOT)),
                measure.text(function),
                as(measure, function),
                sketch(measure, name, function));
    }

    private static Optional<ColumnType.Decimal> as(Fields measure, String function) {
        if (!measure.has("as")) {
            return Optional.empty();
        }
        if (function.equals("sum") && parsed(measure.text("as")) instanceof ColumnType.Decimal decimal) {
            return Optional.of(decimal);
        }
        throw measure.refused("as", "must be a decimal such as decimal(38,0), and goes with sum only");
    }

    private static @Nullable ColumnType parsed(String type) {
        try {
            return ColumnType.parse(type);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private int sketch(Fields measure, String name, String function) {
        if (!measure.has("sketch")) {
            return 0;
        }
        if (!function.equals("distinct")) {
            throw measure.refused("sketch", "goes with distinct only");
        }
        unique("measures", name + Measure.SKETCH);
        return (int) measure.number("sketch", 16, LARGEST_SKETCH);
    }

    private String unique(String key, String name) {
        Optional<String> fault = Column.nameFault(name);
        if (fault.isPresent()) {
            throw fields.refused(key, "makes no column: " + fault.get());
        }
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw fields.refused(key, "makes a second column '" + name + "'; choose another name");
        }
        return name;
    }

    private static List<String> keys(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        for (JsonNode filter : fields.has("filters") ? fields.list("filters") : List.<JsonNode>of()) {
            Fields its =
                    Fields.of(owner + ": filters[" + filters.size() + "]", filter, List.of("column", "op", "value"));
            filters.add(filter(its));
        }
        return filters;
    }

    private static Filter filter(Fields its) {
        String operator = its.oneOf("op", Filter.OPERATORS);
        if (Filter.takesNone(operator)) {
            return new Filter(its.text("column"), operator, List.of());
        }
        List<JsonNode> values = Filter.takesMany(operator) ? its.list("value") : List.of(its.required("value"));
        if (values.isEmpty() || values.size() > MOST_VALUES) {
            throw its.refused("value", "must have 1 to " + MOST_VALUES + " values");
        }
        if (!values.stream().allMatch(JsonNode::isValueNode) || values.stream().anyMatch(JsonNode::isNull)) {
            throw its.refused(
                    "value", "must be a text, a number, true or false; for null there are 'is null' and 'is not null'");
        }
        return new Filter(
                its.text("column"),
                operator,
                values.stream().map(JsonNode::asText).toList());
    }
}
