package dev.freshet.parquet;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/// A column's statistics in a Delta table, from those of its chunks in a footer that cuts no values.
final class FooterBounds {
    private FooterBounds() {}

    static ColumnStatistics statistics(Column column, long nulls, List<? extends Statistics<?>> chunks) {
        Optional<Bounds> bounds = bounds(column.type(), chunks);
        return new ColumnStatistics(
                column.name(),
                column.type(),
                bounds.map(Bounds::min).orElse(null),
                bounds.map(Bounds::max).orElse(null),
                nulls,
                bounds.map(Bounds::exact).orElse(true));
    }

    private static Optional<Bounds> bounds(ColumnType type, List<? extends Statistics<?>> chunks) {
        if (type instanceof Array || type.equals(ColumnType.BINARY) || type.equals(ColumnType.BOOLEAN)) {
            return Optional.empty();
        }
        List<? extends Statistics<?>> known =
                chunks.stream().filter(Statistics::hasNonNullValue).toList();
        return type.equals(ColumnType.STRING) ? texts(known) : ordered(type, known);
    }

    private static Optional<Bounds> texts(List<? extends Statistics<?>> chunks) {
        BytesBounds bounds = new BytesBounds(true);
        chunks.stream()
                .flatMap(chunk -> Stream.of(chunk.getMinBytes(), chunk.getMaxBytes()))
                .forEach(bytes -> bounds.widen(bytes, 0, bytes.length));
        return bounds.bounds();
    }

    @SuppressWarnings("unchecked")
    private static Optional<Bounds> ordered(ColumnType type, List<? extends Statistics<?>> chunks) {
        List<Comparable<Object>> ends = chunks.stream()
                .flatMap(chunk -> Stream.of(chunk.genericGetMin(), chunk.genericGetMax()))
                .map(value -> (Comparable<Object>) object(type, value))
                .toList();
        if (ends.isEmpty() || ends.stream().anyMatch(FooterBounds::isNaN)) {
            return Optional.empty();
        }
        Comparator<Comparable<Object>> order = Comparable::compareTo;
        return Optional.of(new Bounds(
                ends.stream().min(order).orElseThrow(), ends.stream().max(order).orElseThrow(), true));
    }

    private static boolean isNaN(Object value) {
        return Objects.equals(value, Double.NaN) || Objects.equals(value, Float.NaN);
    }

    private static Object object(ColumnType type, Object value) {
        return switch (value) {
            case Integer number -> JavaObjects.of(type, number);
            case Long number -> JavaObjects.of(type, number);
            case Binary bytes -> new BigDecimal(new BigInteger(bytes.getBytes()), ((Decimal) type).scale());
            default -> value;
        };
    }
}
