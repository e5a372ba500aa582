package dev.freshet.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The numbered documents `_freshet/layout/<n>.json`, which say how a lake is laid out and which migrations brought it
/// there. Whoever creates a control table takes the next number as its epoch, so that fences of a table made anew are
/// above all earlier ones. Safe for use by many threads; every call reads the store.
public final class Layout {
    /// The layout of new lakes, and the newest that this Freshet knows.
    public static final int NEWEST = 2;

    static final String FOLDER = "_freshet/layout";

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final NumberedDocuments documents;
    private final Host host;
    /// The number of the newest document that was found to be supported; -1 before the first.
    private volatile long supported = -1;

    /// Made when first needed: that takes a while.
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private Layout(Store store, Host host) {
        this.documents = new NumberedDocuments(store, new Puts(store, host, DEADLINE), FOLDER);
        this.host = host;
    }

    public static Layout open(Store store, Host host) {
        return new Layout(store, host);
    }

    /// Asked again it looks only whether there is a later document.
    ///
    /// @throws FreshetException (UNSUPPORTED) if a newer Freshet has changed how the lake is laid out
    void requireSupported() {
        long known = supported;
        Optional<NumberedDocument> found = known < 0 ? documents.newest() : documents.find(known + 1);
        while (found.isPresent()) {
            layoutOf(found.get());
            supported = found.get().number();
            found = documents.find(found.get().number() + 1);
        }
    }

    /// How the lake is laid out; a lake that does not exist yet will have the newest layout.
    ///
    /// @throws FreshetException (UNSUPPORTED) if a newer Freshet has changed that
    public int version() {
        return documents.newest().map(this::layoutOf).orElse(NEWEST);
    }

    /// When each migration was applied, by the layout that it led to.
    public Map<Integer, Instant> migrated() {
        Map<Integer, Instant> migrated = new TreeMap<>();
        for (NumberedDocument document : documents.all()) {
            JsonNode node = parse(document);
            if (node.hasNonNull("migration")) {
                migrated.put(
                        node.path("layout").asInt(),
                        Instant.parse(node.path("created_at").asText()));
            }
        }
        return Collections.unmodifiableMap(migrated);
    }

    /// Writes down that a migration led from the layout before to this one.
    ///
    /// @return false if that had been written down before
    /// @throws FreshetException (CONFLICT) if another migration comes first, (OUTCOME_UNKNOWN) if the store does not
    ///     say whether it was written
    public boolean record(int layout, String migration) {
        while (true) {
            NumberedDocument newest = documents
                    .newest()
                    .orElseThrow(() -> new FreshetException(ErrorCode.CONFLICT, "there is no lake to migrate yet"));
            int before = layoutOf(newest);
            if (before >= layout) {
                return false;
            }
            if (before < layout - 1) {
                throw new FreshetException(
                        ErrorCode.CONFLICT, "the lake has layout %d, not %d".formatted(before, layout - 1));
            }
            ObjectNode document = document(layout, parse(newest).path("epoch").asLong());
            PutAnswer answer = documents.append(
                    newest.number() + 1, document.put("migration", migration).toString());
            if (answer == PutAnswer.CREATED) {
                return true;
            }
            if (answer == PutAnswer.UNKNOWN) {
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "the store did not say whether " + FOLDER + "/" + (newest.number() + 1)
                                + ".json was created; migrate again");
            }
        }
    }

    /// Takes the next number. One that is never used does no harm.
    long takeEpoch() {
        while (true) {
            Optional<NumberedDocument> newest = documents.newest();
            int layout = newest.map(this::layoutOf).orElse(NEWEST);
            long next = newest.map(document -> document.number() + 1).orElse(0L);
            PutAnswer answer = documents.append(next, document(layout, next).toString());
            if (answer == PutAnswer.CREATED) {
                return next;
            }
            if (answer == PutAnswer.UNKNOWN) {
                throw new FreshetException(
                        ErrorCode.LAKE_UNREACHABLE,
                        "the store did not say whether " + FOLDER + "/" + next + ".json was created");
            }
        }
    }

    private int layoutOf(NumberedDocument document) {
        int layout = parse(document).path("layout").asInt();
        if (layout > NEWEST) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "the lake has layout %d, this Freshet knows layouts up to %d: use a newer Freshet"
                            .formatted(layout, NEWEST));
        }
        return layout;
    }

    private ObjectNode parse(NumberedDocument document) {
        try {
            return Json.MAPPER.readValue(document.text(), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new FreshetException(
                    ErrorCode.CORRUPT, FOLDER + "/" + document.number() + ".json is not a JSON object", e);
        }
    }

    private ObjectNode document(int layout, long epoch) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("layout", layout);
        node.put("epoch", epoch);
        node.put("id", host.newId());
        node.put("created_at", host.now().toString());
        return node;
    }
}
