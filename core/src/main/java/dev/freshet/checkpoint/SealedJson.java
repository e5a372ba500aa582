package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// A JSON object that bears its own checksum as its last field, so that damage is never taken for content.
final class SealedJson {
    private static final String SEAL = "sha256";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SealedJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String write(ObjectNode body) {
        return body.deepCopy().put(SEAL, seal(body)).toString();
    }

    /// @throws dev.freshet.error.FreshetException (CORRUPT) unless every character is as it was written
    static ObjectNode read(String key, byte[] content) {
        if (!(parse(key, content) instanceof ObjectNode body)) {
            throw Damage.found(key, "it is no JSON object");
        }
        JsonNode seal = body.remove(SEAL);
        if (seal == null || !seal.asText().equals(seal(body))) {
            throw Damage.found(key, "its checksum does not fit its content");
        }
        return body;
    }

    private static JsonNode parse(String key, byte[] content) {
        try {
            return MAPPER.readTree(content);
        } catch (IOException _) {
            throw Damage.found(key, "it is not JSON");
        }
    }

    private static String seal(ObjectNode body) {
        return Checksums.of(body.toString().getBytes(UTF_8));
    }
}
