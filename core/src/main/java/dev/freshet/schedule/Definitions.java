package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.NumberedDocument;
import dev.freshet.store.NumberedDocuments;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The documents of all definitions, on their [Shelf]: `_freshet/schedules/<id>/<n>.json`. Documents never change and
/// are never removed, so who knows one only looks whether there is a later one. Two writers that append the very same
/// document both succeeded, for the outcome is what both wanted. What the lake implies stands before the first document
/// and comes back with a deletion. Safe for use by many threads.
final class Definitions {
    static final String FOLDER = Shelf.SCHEDULES.folder();
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /// The number of what is implied while there is no document.
    private static final long BEFORE_THE_FIRST = -1;

    private final Store store;
    private final Host host;
    private final Puts puts;
    private final DefinitionReader reader;
    private final ImpliedDefinitions implied;
    /// The newest seen of each id.
    private final Map<String, Document> known = new ConcurrentHashMap<>();

    Definitions(Store store, Host host, DefinitionReader reader, ImpliedDefinitions implied) {
        this.store = store;
        this.host = host;
        this.puts = new Puts(store, host, DEADLINE);
        this.reader = reader;
        this.implied = implied;
    }

    /// All ids there are, deleted ones included.
    List<String> ids() {
        return Arrays.stream(Shelf.values())
                .flatMap(shelf -> ids(shelf).stream())
                .toList();
    }

    List<String> ids(Shelf shelf) {
        return shelf == Shelf.MAINTENANCE
                ? implied.ids()
                : store.folders(shelf.folder()).stream().map(shelf::id).toList();
    }

    Optional<Document> newest(String id) {
        Document document = known.get(id);
        if (document == null) {
            return first(id).map(this::keep);
        }
        for (Optional<Document> next = find(id, document.number() + 1);
                next.isPresent();
                next = find(id, document.number() + 1)) {
            document = next.get();
        }
        return Optional.of(keep(document));
    }

    private Optional<Document> first(String id) {
        Optional<JsonNode> otherwise = implied.definition(id);
        if (Shelf.of(id) == Shelf.MAINTENANCE && otherwise.isEmpty()) {
            return Optional.empty();
        }
        return documents(id)
                .newest()
                .map(found -> parse(id, found))
                .or(() -> otherwise.map(json -> implied(id, BEFORE_THE_FIRST, json)));
    }

    private Document keep(Document document) {
        return Objects.requireNonNull(known.merge(document.id(), document, (a, b) -> b.number() > a.number() ? b : a));
    }

    /// Forgets those that are not among these.
    void retain(Collection<String> ids) {
        known.keySet().retainAll(ids);
    }

    List<Document> all(String id) {
        return documents(id).all().stream().map(document -> parse(id, document)).toList();
    }

    Optional<Document> version(String id, long number) {
        Document newest = known.get(id);
        return newest != null && newest.number() == number ? Optional.of(newest) : find(id, number);
    }

    private Optional<Document> find(String id, long number) {
        return number == BEFORE_THE_FIRST
                ? implied.definition(id).map(json -> implied(id, number, json))
                : documents(id).find(number).map(document -> parse(id, document));
    }

    PutAnswer append(String id, long number, String text) {
        return documents(id).append(number, text);
    }

    private NumberedDocuments documents(String id) {
        return new NumberedDocuments(store, puts, Shelf.folder(id));
    }

    private Document parse(String id, NumberedDocument document) {
        String name = Shelf.folder(id) + "/" + document.number() + ".json";
        try {
            JsonNode json = DefinitionText.json(name, document.text());
            return json.path("deleted").asBoolean()
                    ? deleted(id, document.number())
                    : good(id, document.number(), json);
        } catch (FreshetException e) {
            String why = String.valueOf(e.getMessage());
            return new Document.Bad(id, document.number(), why.startsWith(name) ? why : name + ": " + why);
        }
    }

    private Document deleted(String id, long number) {
        return implied.definition(id)
                .map(json -> implied(id, number, json))
                .orElseGet(() -> new Document.Deleted(id, number));
    }

    /// The same for every process, so it was created at no particular time.
    private Document implied(String id, long number, JsonNode json) {
        return new Document.Good(id, number, json, reader.read(json, number, Instant.EPOCH));
    }

    private Document good(String id, long number, JsonNode json) {
        Definition definition = reader.read(json, number, host.now());
        if (!definition.schedule().id().equals(id)) {
            throw new FreshetException(ErrorCode.BAD_DEFINITION, "its id is not the folder's name");
        }
        return new Document.Good(id, number, json, definition);
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
