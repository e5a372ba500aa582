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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The documents of all schedules: `_freshet/schedules/<id>/<n>.json`. Documents never change and are never removed,
/// so who knows one only looks whether there is a later one. Two writers that append the very same document both
/// succeeded, for the outcome is what both wanted. Safe
/// for use by many threads.
final class Definitions {
    static final String FOLDER = "_freshet/schedules";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Store store;
    private final Host host;
    private final Puts puts;
    private final DefinitionReader reader;
    /// The newest seen of each schedule.
    private final Map<String, Document> known = new ConcurrentHashMap<>();

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
        Document document = known.get(id);
        if (document == null) {
            return documents(id).newest().map(found -> keep(parse(id, found)));
        }
        for (Optional<Document> next = find(id, document.number() + 1);
                next.isPresent();
                next = find(id, document.number() + 1)) {
            document = next.get();
        }
        return Optional.of(keep(document));
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
        return documents(id).find(number).map(document -> parse(id, document));
    }

    PutAnswer append(String id, long number, String text) {
        return documents(id).append(number, text);
    }

    private NumberedDocuments documents(String id) {
        return new NumberedDocuments(store, puts, FOLDER + "/" + id);
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
