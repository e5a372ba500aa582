package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.NumberedDocument;
import dev.freshet.store.NumberedDocuments;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The documents of all schedules: `_freshet/schedules/<id>/<n>.json`. Documents never change, so each is read
/// once. Two writers that append the very same document both succeeded, for the outcome is what both wanted. Safe
/// for use by many threads.
final class Definitions {
    static final String FOLDER = "_freshet/schedules";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Store store;
    private final Host host;
    private final Puts puts;
    private final DefinitionReader reader;
    private final Map<String, Document> parsed = new ConcurrentHashMap<>();

    Definitions(Store store, Host host, DefinitionReader reader) {
        this.store = store;
        this.host = host;
        this.puts = new Puts(store, host, DEADLINE);
        this.reader = reader;
    }

    List<String> ids() {
        return store.folders(FOLDER);
    }

    Optional<Document> newest(String id) {
        return documents(id).newest().map(document -> read(id, document));
    }

    List<Document> all(String id) {
        return documents(id).all().stream().map(document -> read(id, document)).toList();
    }

    Optional<Document> version(String id, long number) {
        return Optional.ofNullable(parsed.get(key(id, number)))
                .or(() -> all(id).stream()
                        .filter(document -> document.number() == number)
                        .findFirst());
    }

    PutAnswer append(String id, long number, String text) {
        return documents(id).append(number, text);
    }

    private NumberedDocuments documents(String id) {
        return new NumberedDocuments(store, puts, FOLDER + "/" + id);
    }

    private Document read(String id, NumberedDocument document) {
        Document known = parsed.computeIfAbsent(key(id, document.number()), _ -> parse(id, document));
        List<String> older = new ArrayList<>();
        parsed.forEach((key, other) -> {
            if (other.id().equals(id) && other.number() < document.number() - 1) {
                older.add(key);
            }
        });
        older.forEach(parsed::remove);
        return known;
    }

    private static String key(String id, long number) {
        return id + "/" + number;
    }

    private Document parse(String id, NumberedDocument document) {
        String name = FOLDER + "/" + id + "/" + document.number() + ".json";
        try {
            JsonNode json = DefinitionText.json(name, document.text());
            if (json.path("deleted").asBoolean()) {
                return new Document.Deleted(id, document.number());
            }
            Definition definition = reader.read(json, document.number(), host.now());
            return definition.schedule().id().equals(id)
                    ? new Document.Good(id, document.number(), json, definition)
                    : new Document.Bad(id, document.number(), name + ": its id is not the folder's name");
        } catch (FreshetException e) {
            String why = String.valueOf(e.getMessage());
            return new Document.Bad(id, document.number(), why.startsWith(name) ? why : name + ": " + why);
        }
    }

    /// What one document says.
    sealed interface Document {
        String id();

        long number();

        record Good(String id, long number, JsonNode json, Definition definition) implements Document {}

        record Deleted(String id, long number) implements Document {}

        /// It cannot be read; `fault` names it and says where it is wrong.
        record Bad(String id, long number, String fault) implements Document {}
    }
}
