package dev.freshet.schedule;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Turns text into definitions. JSON is read strictly, a key given twice is refused; a YAML file may hold several
/// definitions, separated by `---`. A refusal gives line and column but never quotes the text, for it may hold a
/// secret.
public final class DefinitionText {
    private static final ObjectReader JSON = reader(JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build());
    private static final ObjectReader YAML = reader(YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private DefinitionText() {}

    private static ObjectReader reader(ObjectMapper mapper) {
        return mapper.readerFor(JsonNode.class);
    }

    /// The definitions of a file: JSON, or YAML when the file's name ends like that.
    public static List<JsonNode> read(String fileName, String text) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") || name.endsWith(".yml") ? yaml(fileName, text) : List.of(json(fileName, text));
    }

    /// One JSON document.
    static JsonNode json(String fileName, String text) {
        try {
            JsonNode node = JSON.readValue(text);
            if (node == null || node.isMissingNode()) {
                throw new FreshetException(ErrorCode.BAD_DEFINITION, fileName + " is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw malformed(fileName, "JSON", e);
        }
    }

    private static List<JsonNode> yaml(String fileName, String text) {
        try (MappingIterator<JsonNode> documents = YAML.readValues(text)) {
            List<JsonNode> nodes =
                    documents.readAll().stream().filter(node -> !node.isNull()).toList();
            if (nodes.isEmpty()) {
                throw new FreshetException(ErrorCode.BAD_DEFINITION, fileName + " is empty");
            }
            return nodes;
        } catch (JsonProcessingException e) {
            throw malformed(fileName, "YAML", e);
        } catch (IOException e) {
            throw new FreshetException(ErrorCode.BAD_DEFINITION, fileName + " cannot be read", e);
        }
    }

    /// The parser's own words are left out, as a cause too: they quote the text.
    private static FreshetException malformed(String fileName, String format, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new FreshetException(
                ErrorCode.BAD_DEFINITION,
                fileName + " is not valid " + format + where + "; look for a missing quote, comma or bracket, "
                        + "a key given twice, or a value that must be quoted");
    }
}
