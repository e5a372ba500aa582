package dev.freshet.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Definitions as users write them: a file or a folder of files, JSON or YAML, one document, several, or a list of
/// them.
final class DefinitionFiles {
    /// One document and where it stands, for messages.
    record Document(String place, JsonNode definition) {}

    private final Path given;

    DefinitionFiles(Path given) {
        this.given = given;
    }

    List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        for (Path file : files()) documents.addAll(read(file));
        if (documents.isEmpty()) throw refused(given, "holds no definition", null);
        return documents;
    }

    private List<Path> files() {
        if (!Files.isDirectory(given)) return List.of(given);
        try (Stream<Path> files = Files.list(given)) {
            return files.filter(DefinitionFiles::isDefinition).sorted().toList();
        } catch (IOException failure) {
            throw refused(given, "cannot be listed: " + failure.getMessage(), failure);
        }
    }

    private static boolean isDefinition(Path file) {
        String name = file.getFileName().toString();
        return isJson(name) || name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static boolean isJson(String name) {
        return name.endsWith(".json");
    }

    private static List<Document> read(Path file) {
        try (MappingIterator<JsonNode> values =
                mapper(file).readerFor(JsonNode.class).readValues(file.toFile())) {
            List<JsonNode> definitions = new ArrayList<>();
            while (values.hasNext()) spread(values.next(), definitions);
            return numbered(file, definitions);
        } catch (JsonProcessingException failure) {
            throw refused(file, "cannot be read: " + where(failure), failure);
        } catch (IOException failure) {
            throw refused(file, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static ObjectMapper mapper(Path file) {
        ObjectMapper mapper = isJson(file.toString()) ? new JsonMapper() : new YAMLMapper();
        return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    private static void spread(JsonNode value, List<JsonNode> definitions) {
        if (value.isArray()) value.forEach(definitions::add);
        else if (!value.isNull() && !value.isMissingNode()) definitions.add(value);
    }

    private static List<Document> numbered(Path file, List<JsonNode> definitions) {
        List<Document> documents = new ArrayList<>();
        for (JsonNode definition : definitions) {
            String number = definitions.size() == 1 ? "" : " (document " + (documents.size() + 1) + ")";
            documents.add(new Document(file + number, definition));
        }
        return documents;
    }

    private static String where(JsonProcessingException failure) {
        String what =
                failure.getOriginalMessage().lines().findFirst().orElse("").strip();
        var at = failure.getLocation();
        return at == null ? what : what + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static FreshetException refused(Path file, String what, @Nullable Throwable cause) {
        return new FreshetException(ErrorCode.BAD_DEFINITION, file + " " + what, cause);
    }
}
