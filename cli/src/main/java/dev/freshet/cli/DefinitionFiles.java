package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.Freshet;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Definitions as users write them: a file or a folder of files, JSON or YAML, one document, several, or a list of
/// them.
final class DefinitionFiles {
    /// One document and where it stands, for messages.
    record Document(String place, JsonNode definition) {}

    private static final List<String> ENDINGS = List.of(".json", ".yaml", ".yml");

    private final Path given;

    DefinitionFiles(Path given) {
        this.given = given;
    }

    List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        for (Path file : files()) documents.addAll(read(file));
        if (documents.isEmpty())
            throw refused(given, "holds no definition; they are in .json, .yaml or .yml files", null);
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
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static List<Document> read(Path file) {
        List<JsonNode> definitions = new ArrayList<>();
        for (JsonNode value : Freshet.definitions(file.toString(), text(file))) {
            if (value.isArray()) value.forEach(definitions::add);
            else definitions.add(value);
        }
        return numbered(file, definitions);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException absent) {
            throw refused(file, "does not exist", absent);
        } catch (CharacterCodingException binary) {
            throw refused(file, "is not UTF-8 text", binary);
        } catch (IOException failure) {
            throw refused(file, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static List<Document> numbered(Path file, List<JsonNode> definitions) {
        List<Document> documents = new ArrayList<>();
        for (JsonNode definition : definitions) {
            String number = definitions.size() == 1 ? "" : " (document " + (documents.size() + 1) + ")";
            documents.add(new Document(file + number, definition));
        }
        return documents;
    }

    private static FreshetException refused(Path file, String what, @Nullable Throwable cause) {
        return new FreshetException(ErrorCode.BAD_USAGE, file + " " + what, cause);
    }
}
