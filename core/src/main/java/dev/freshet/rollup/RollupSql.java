package dev.freshet.rollup;

import static dev.freshet.rollup.Buckets.HOUR_MICROS;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The statements about one rollup. The facts' files are known to them as `facts`, the rollup's own as `kept`. Hours
/// and times are microseconds since 1970 in UTC; a time without a zone counts as one in UTC.
final class RollupSql {
    static final String FACTS = "facts";
    static final String KEPT = "kept";

    /// No column of a Delta table can have names like these.
    private static final String TIME = "\"the time\"";

    private static final String HOUR = "\"the hour\"";

    /// More spans than these are looked up hour by hour.
    private static final int MOST_SPANS = 16;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final long LAST_PLAIN_HOUR =
            LocalDateTime.of(9999, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) / 3600;

    private final RollupSchema schema;
    private final RollupDefinition definition;
    private final Safeguards safeguards;

    RollupSql(RollupSchema schema, Safeguards safeguards) {
        this.schema = schema;
        this.definition = schema.definition();
        this.safeguards = safeguards;
    }

    /// The rows of some hours, computed from the facts, and those of all but `gone` as they are kept, in order.
    String rewritten(Buckets fresh, Buckets gone, boolean hasKept) {
        String rows = hasKept ? others(gone) + " UNION ALL " + computed(fresh) : computed(fresh);
        return "SELECT * FROM (" + rows + ") ORDER BY " + order();
    }

    private String order() {
        return IntStream.rangeClosed(1, schema.keys())
                .mapToObj(place -> place + " NULLS FIRST")
                .collect(Collectors.joining(", "));
    }

    /// Rows that only one side has: `rollup` or `facts`, then the row.
    String different(Buckets buckets) {
        String kept = kept() + " WHERE " + in(buckets, keptHour());
        String computed = computed(buckets);
        return "SELECT 'rollup', * FROM (%s EXCEPT ALL %s) UNION ALL SELECT 'facts', * FROM (%s EXCEPT ALL %s)"
                .formatted(kept, computed, computed, kept);
    }

    /// The hours that have a fact.
    String hours() {
        return "SELECT DISTINCT %s FROM (%s) ORDER BY 1".formatted(HOUR, timed("", "true"));
    }

    /// The hours that begin a month that has a fact.
    String months() {
        return "SELECT DISTINCT epoch_us(date_trunc('month', make_timestamp(%s))) FROM (%s) ORDER BY 1"
                .formatted(HOUR, timed("", "true"));
    }

    /// When the oldest fact happened, and when the newest one did or was changed last; nulls when there is none.
    String span() {
        String updated = definition.updated();
        String last = updated == null ? TIME : "coalesce(" + micros(updated) + ", " + TIME + ")";
        return "SELECT min(%s), max(%s) FROM (%s)".formatted(TIME, last, timed(", *", "true"));
    }

    private String others(Buckets buckets) {
        return kept() + " WHERE NOT (" + in(buckets, keptHour()) + ")";
    }

    private String kept() {
        return "SELECT %s FROM %s"
                .formatted(
                        schema.rows().columns().stream().map(RollupSql::cell).collect(Collectors.joining(", ")), KEPT);
    }

    private static String keptHour() {
        return "epoch_us(" + name(RollupSchema.HOUR) + ")";
    }

    private static String cell(Column column) {
        return isTime(column.type()) ? "epoch_us(" + name(column.name()) + ")" : name(column.name());
    }

    private String computed(Buckets buckets) {
        List<String> cells = new ArrayList<>(List.of(HOUR));
        definition.dimensions().forEach(dimension -> cells.add(value(dimension)));
        definition.measures().forEach(measure -> cells.addAll(measured(measure)));
        List<String> keys = new ArrayList<>(List.of(HOUR));
        definition.dimensions().forEach(dimension -> keys.add(name(dimension)));
        return "SELECT %s FROM (%s) GROUP BY %s"
                .formatted(String.join(", ", cells), timed(", *", wanted(buckets)), String.join(", ", keys));
    }

    /// The facts with their times and hours; those without a time belong to no hour.
    private String timed(String more, String condition) {
        String hour = "%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d".formatted(TIME, HOUR_MICROS);
        String inner = "SELECT %s AS %s, * FROM %s WHERE %s IS NOT NULL"
                .formatted(micros(definition.time()), TIME, FACTS, name(definition.time()));
        return "SELECT %s AS %s, %s%s FROM (%s) WHERE %s".formatted(hour, HOUR, TIME, more, inner, condition);
    }

    private String wanted(Buckets buckets) {
        List<String> conditions = new ArrayList<>();
        conditions.add(in(buckets, TIME));
        conditions.addAll(bounds(buckets));
        definition.filters().forEach(filter -> conditions.add(condition(filter)));
        return conditions.stream().map(each -> "(" + each + ")").collect(Collectors.joining(" AND "));
    }

    /// The same as comparisons of the column itself, by which the engine skips parts of files.
    private List<String> bounds(Buckets buckets) {
        List<String> bounds = new ArrayList<>();
        if (buckets.isEmpty()) {
            return bounds;
        }
        String column = name(definition.time());
        if (isPlain(buckets.first())) {
            bounds.add(column + " >= " + literal(buckets.first()));
        }
        if (isPlain(buckets.end())) {
            bounds.add(column + " < " + literal(buckets.end() + (isDate() ? 24 : 0)));
        }
        return bounds;
    }

    private static boolean isPlain(long hour) {
        return hour >= 0 && hour < LAST_PLAIN_HOUR;
    }

    private boolean isDate() {
        return schema.type(definition.time()).equals(ColumnType.DATE);
    }

    private String literal(long hour) {
        String time = SECONDS.format(Buckets.start(hour).atOffset(ZoneOffset.UTC));
        ColumnType type = schema.type(definition.time());
        if (type.equals(ColumnType.TIMESTAMP)) {
            return "TIMESTAMPTZ '" + time + "+00'";
        }
        return isDate() ? "DATE '" + time.substring(0, 10) + "'" : "TIMESTAMP '" + time + "'";
    }

    /// Whether a time in microseconds lies in one of the hours.
    private static String in(Buckets buckets, String micros) {
        if (buckets.isEmpty()) {
            return "false";
        }
        if (buckets.spans().size() <= MOST_SPANS || buckets.hours() == Buckets.END) {
            return buckets.spans().stream().map(span -> in(span, micros)).collect(Collectors.joining(" OR "));
        }
        String hours = buckets.spans().stream()
                .flatMapToLong(span -> LongStream.range(span.from(), span.to()))
                .mapToObj(hour -> Long.toString(hour * HOUR_MICROS))
                .collect(Collectors.joining(", "));
        return "%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d IN (%3$s)".formatted(micros, HOUR_MICROS, hours);
    }

    private static String in(Buckets.Span span, String micros) {
        List<String> both = new ArrayList<>();
        if (span.from() != Buckets.FIRST) {
            both.add(micros + " >= " + span.from() * HOUR_MICROS);
        }
        if (span.to() != Buckets.END) {
            both.add(micros + " < " + span.to() * HOUR_MICROS);
        }
        return both.isEmpty() ? "true" : "(" + String.join(" AND ", both) + ")";
    }

    private static String condition(Filter filter) {
        String column = name(filter.column());
        if (Filter.takesNone(filter.operator())) {
            return column + " " + filter.operator();
        }
        String values = filter.values().stream().map(RollupSql::text).collect(Collectors.joining(", "));
        return column + " " + filter.operator() + " "
                + (Filter.takesMany(filter.operator()) ? "(" + values + ")" : values);
    }

    private List<String> measured(Measure measure) {
        if (measure.column() == null) {
            return List.of("count(*)");
        }
        String column = name(measure.column());
        return switch (measure.function()) {
            case COUNT -> List.of("count(" + column + ")");
            case SUM -> List.of(sum(measure, measure.column()));
            case MIN -> List.of(extreme("min", measure.column()));
            case MAX -> List.of(extreme("max", measure.column()));
            case DISTINCT -> distinct(measure, column);
        };
    }

    /// Floating numbers are added from the least to the greatest, so that the same facts have the same sum however
    /// their files lie. Whole numbers are added exactly, and a sum that does not fit is an error.
    private String sum(Measure measure, String column) {
        String sum = "sum(" + name(column) + ")";
        if (measure.as().isPresent()) {
            Decimal as = measure.as().get();
            return "CAST(%s AS DECIMAL(%d,%d))".formatted(sum, as.precision(), as.scale());
        }
        if (schema.isFloating(column)) {
            return "list_sum(list_sort(list(CAST(%1$s AS DOUBLE)) FILTER (WHERE %1$s IS NOT NULL)))"
                    .formatted(name(column));
        }
        if (schema.type(column) instanceof Decimal) {
            return sum;
        }
        String fault = text("rollup '%s': a sum of '%s' in 'measures.%s' is beyond 64 bits; add as: \"decimal(38,0)\""
                .formatted(definition.name(), column, measure.name()));
        return "CASE WHEN %1$s BETWEEN -9223372036854775808 AND 9223372036854775807 OR %1$s IS NULL THEN CAST(%1$s AS BIGINT) ELSE error(%2$s) END"
                .formatted(sum, fault);
    }

    private String extreme(String function, String column) {
        String extreme = function + "(" + name(column) + ")";
        return isTime(schema.type(column)) ? "epoch_us(" + extreme + ")" : extreme;
    }

    /// The sketch holds the least hashes, of 63 bits from MD5; those of several rows together are a sketch, too.
    private List<String> distinct(Measure measure, String column) {
        String count = safeguards.keeps(Safeguard.DISTINCT_IS_COUNTED_ANEW)
                ? "count(DISTINCT " + column + ")"
                : "count(" + column + ")";
        String hash = "CAST(md5_number_lower(CAST(%s AS VARCHAR)) // 2 AS BIGINT)".formatted(column);
        return measure.keepsSketch()
                ? List.of(count, "list_sort(min(DISTINCT %s, %d))".formatted(hash, measure.sketch()))
                : List.of(count);
    }

    private String value(String column) {
        return isTime(schema.type(column)) ? "epoch_us(" + name(column) + ")" : name(column);
    }

    private String micros(String column) {
        return schema.type(column).equals(ColumnType.DATE)
                ? "epoch_us(CAST(" + name(column) + " AS TIMESTAMP))"
                : "epoch_us(" + name(column) + ")";
    }

    private static boolean isTime(ColumnType type) {
        return type.equals(ColumnType.TIMESTAMP) || type.equals(ColumnType.TIMESTAMP_NTZ);
    }

    private static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
