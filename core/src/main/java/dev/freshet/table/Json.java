package dev.freshet.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// JSON as the log needs it: numbers keep their digits, texts may be long, broken text is an exception.
final class Json {
    private static final JsonMapper MAPPER = mapper(false);
    private static final JsonMapper SORTED = mapper(true);

    private Json() {}

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// A plain value (text, number, boolean, list or map of these) as JSON.
    static JsonNode of(Object value) {
        return value instanceof String text ? TextNode.valueOf(text) : MAPPER.valueToTree(value);
    }

    /// The other way round.
    static Object value(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    static String text(Object value) {
        return write(MAPPER, value);
    }

    /// The same text for the same value, whatever the order of the keys.
    static String sorted(JsonNode node) {
        return write(SORTED, value(node));
    }

    private static String write(JsonMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper(boolean sorted) {
        JsonMapper mapper = JsonMapper.builder()
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, sorted)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
        return mapper;
    }
}
