package dev.freshet.rollup;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.ColumnType.Simple;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns of a rollup, as they follow from its definition and from one version of the facts: the hour, the
/// dimensions, the measures. A dimension, a minimum and a maximum stay as sensitive as the column that they are from.
record RollupSchema(RollupDefinition definition, Schema facts, Schema rows) {
    static final String HOUR = "hour";

    private static final Set<ColumnType> TIMES =
            Set.of(ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_NTZ, ColumnType.DATE);
    private static final Set<ColumnType> WHOLE =
            Set.of(ColumnType.BYTE, ColumnType.SHORT, ColumnType.INT, ColumnType.LONG);
    private static final Set<ColumnType> FLOATING = Set.of(ColumnType.FLOAT, ColumnType.DOUBLE);

    /// @throws FreshetException (BAD_DEFINITION) naming the key, when the facts have no such column or one of a type
    ///     that does not fit
    static RollupSchema of(RollupDefinition definition, Snapshot facts) {
        return new Fitting(definition, facts).schema();
    }

    boolean isFloating(String column) {
        return FLOATING.contains(type(column));
    }

    ColumnType type(String column) {
        return facts.column(facts.indexOf(column).orElseThrow()).type();
    }

    /// How many columns from the left on tell rows apart.
    int keys() {
        return 1 + definition.dimensions().size();
    }

    /// One definition meeting one table.
    private record Fitting(RollupDefinition definition, Snapshot facts) {
        RollupSchema schema() {
            requireTime("time", definition.time());
            if (definition.updated() != null) {
                requireTime("updated", definition.updated());
            }
            definition.filters().forEach(filter -> column("filters", filter.column()));
            List<Column> columns = new ArrayList<>();
            columns.add(new Column(HOUR, ColumnType.TIMESTAMP, false, Map.of("comment", "begins at this time, UTC")));
            definition.dimensions().forEach(dimension -> columns.add(dimension(dimension)));
            definition.measures().forEach(measure -> columns.addAll(measure(measure)));
            return new RollupSchema(definition, facts.schema(), new Schema(columns));
        }

        private void requireTime(String key, String name) {
            ColumnType type = column(key, name).type();
            if (!TIMES.contains(type)) {
                throw unfit(key, name, type, "a time or a date");
            }
        }

        private Column dimension(String name) {
            Column column = column("dimensions", name);
            if (FLOATING.contains(column.type())
                    || column.type().equals(ColumnType.BINARY)
                    || column.type() instanceof ColumnType.Array) {
                throw unfit("dimensions", name, column.type(), "a text, a whole or decimal number, a flag or a time");
            }
            return new Column(name, column.type(), true, column.metadata());
        }

        private List<Column> measure(Measure measure) {
            String name = measure.name();
            return switch (measure.function()) {
                case COUNT -> {
                    if (measure.column() != null) {
                        source(measure);
                    }
                    yield List.of(new Column(name, ColumnType.LONG, false));
                }
                case SUM -> List.of(new Column(name, sum(measure), true));
                case MIN, MAX ->
                    List.of(new Column(
                            name, ordered(measure), true, source(measure).metadata()));
                case DISTINCT -> {
                    source(measure);
                    Column count = new Column(name, ColumnType.LONG, false);
                    ColumnType hashes = new ColumnType.Array(ColumnType.LONG);
                    yield measure.keepsSketch()
                            ? List.of(count, new Column(measure.sketchName(), hashes, true))
                            : List.of(count);
                }
            };
        }

        private ColumnType sum(Measure measure) {
            ColumnType type = source(measure).type();
            if (FLOATING.contains(type) && measure.as().isEmpty()) {
                return ColumnType.DOUBLE;
            }
            if (WHOLE.contains(type)) {
                return measure.as().<ColumnType>map(as -> as).orElse(ColumnType.LONG);
            }
            if (type instanceof Decimal decimal) {
                return measure.as().orElse(new Decimal(Decimal.MAX_PRECISION, decimal.scale()));
            }
            throw unfit("measures." + measure.name(), String.valueOf(measure.column()), type, "a number");
        }

        private ColumnType ordered(Measure measure) {
            ColumnType type = source(measure).type();
            if (type instanceof ColumnType.Array || type.equals(Simple.BINARY)) {
                throw unfit("measures." + measure.name(), String.valueOf(measure.column()), type, "an ordered value");
            }
            return type;
        }

        private Column source(Measure measure) {
            return column("measures." + measure.name(), String.valueOf(measure.column()));
        }

        private Column column(String key, String name) {
            return facts.schema().indexOf(name).stream()
                    .mapToObj(facts.schema()::column)
                    .findFirst()
                    .orElseThrow(() ->
                            refused("'%s' names '%s', which version %d of %s does not have; its columns are %s"
                                    .formatted(
                                            key,
                                            name,
                                            facts.version(),
                                            definition.source().name(),
                                            String.join(
                                                    ", ",
                                                    facts.schema().columns().stream()
                                                            .map(Column::name)
                                                            .toList()))));
        }

        private FreshetException unfit(String key, String name, ColumnType type, String wanted) {
            return refused("'%s' names '%s', which is %s in %s; it must be %s"
                    .formatted(key, name, type, definition.source().name(), wanted));
        }

        private FreshetException refused(String why) {
            return new FreshetException(ErrorCode.BAD_DEFINITION, "rollup '" + definition.name() + "': " + why);
        }
    }
}
