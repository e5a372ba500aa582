package dev.freshet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// How one kind of state is written as JSON and read again; the formats of collections are made of those of their
/// elements, and keep their order. Stateless, safe for many threads.
public interface StateFormat<T> {
    StateFormat<Boolean> BOOLEAN = of(BooleanNode::valueOf, JsonNode::isBoolean, JsonNode::booleanValue);
    StateFormat<Integer> INT =
            of(IntNode::valueOf, node -> node.isIntegralNumber() && node.canConvertToInt(), JsonNode::intValue);
    StateFormat<Long> LONG =
            of(LongNode::valueOf, node -> node.isIntegralNumber() && node.canConvertToLong(), JsonNode::longValue);

    /// As text where JSON has no number for it.
    StateFormat<Double> DOUBLE = of(
            value -> Double.isFinite(value) ? DoubleNode.valueOf(value) : TextNode.valueOf(value.toString()),
            node -> node.isNumber() || node.isTextual(),
            node -> node.isNumber() ? node.doubleValue() : Double.parseDouble(node.textValue()));

    StateFormat<String> TEXT = of(TextNode::valueOf, JsonNode::isTextual, JsonNode::textValue);
    StateFormat<Instant> INSTANT = of(
            value -> TextNode.valueOf(value.toString()), JsonNode::isTextual, node -> Instant.parse(node.textValue()));

    JsonNode write(T value);

    /// @throws RuntimeException if the node is no such value
    T read(JsonNode node);

    /// State that need not survive: nothing is written, and it becomes its default again.
    static <T> StateFormat<T> empty(T otherwise) {
        return of(_ -> NullNode.instance, JsonNode::isNull, _ -> otherwise);
    }

    static <T> StateFormat<Optional<T>> optional(StateFormat<T> format) {
        return of(
                value -> array(format, value.stream().toList()),
                node -> node.isArray() && node.size() <= 1,
                node -> values(format, node).stream().findFirst());
    }

    static <T> StateFormat<List<T>> list(StateFormat<T> format) {
        return of(
                value -> array(format, value),
                JsonNode::isArray,
                node -> Collections.unmodifiableList(values(format, node)));
    }

    static <T> StateFormat<Set<T>> set(StateFormat<T> format) {
        return of(
                value -> array(format, value),
                JsonNode::isArray,
                node -> Collections.unmodifiableSet(new LinkedHashSet<>(values(format, node))));
    }

    /// As an array of pairs, because a key may be anything.
    static <K, V> StateFormat<Map<K, V>> map(StateFormat<K> keys, StateFormat<V> values) {
        return of(map -> pairs(keys, values, map), JsonNode::isArray, node -> {
            Map<K, V> map = new LinkedHashMap<>();
            node.forEach(pair -> map.put(keys.read(pair.path(0)), values.read(pair.path(1))));
            return Collections.unmodifiableMap(map);
        });
    }

    private static <K, V> JsonNode pairs(StateFormat<K> keys, StateFormat<V> values, Map<K, V> map) {
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
        map.forEach((key, value) -> pairs.addArray().add(keys.write(key)).add(values.write(value)));
        return pairs;
    }

    private static <T> JsonNode array(StateFormat<T> format, Collection<T> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(format.write(value)));
        return array;
    }

    private static <T> List<T> values(StateFormat<T> format, JsonNode array) {
        List<T> values = new ArrayList<>();
        array.forEach(node -> values.add(format.read(node)));
        return values;
    }

    private static <T> StateFormat<T> of(
            Function<T, JsonNode> writing, Predicate<JsonNode> fits, Function<JsonNode, T> reading) {
        return new StateFormat<>() {
            @Override
            public JsonNode write(T value) {
                return writing.apply(value);
            }

            @Override
            public T read(JsonNode node) {
                if (!fits.test(node)) {
                    throw new IllegalArgumentException("not written in this format: " + node);
                }
                return reading.apply(node);
            }
        };
    }
}
