package dev.freshet.control;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/// The numbered documents `_freshet/layout/<n>.json`, which say how a lake is laid out. Whoever creates a control
/// table takes the next number as its epoch, so that fences of a table made anew are above all earlier ones. Safe
/// for use by many threads.
final class Layout {
    static final String FOLDER = "_freshet/layout";

    private static final int VERSION = 1;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final NumberedDocuments documents;
    private final Host host;
    private final ObjectMapper json = new ObjectMapper();

    private Layout(Store store, Host host) {
        this.documents = new NumberedDocuments(store, new Puts(store, host, DEADLINE), FOLDER);
        this.host = host;
    }

    static Layout open(Store store, Host host) {
        return new Layout(store, host);
    }

    /// @throws FreshetException (UNSUPPORTED) if a newer Freshet has changed how the lake is laid out
    void requireSupported() {
        documents.newest().ifPresent(this::requireSupported);
    }

    /// Takes the next number. One that is never used does no harm.
    long takeEpoch() {
        while (true) {
            long next = documents.newest().map(this::after).orElse(0L);
            PutAnswer answer = documents.append(next, document(next));
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

    private long after(NumberedDocument newest) {
        requireSupported(newest);
        return newest.number() + 1;
    }

    private void requireSupported(NumberedDocument document) {
        long version = parse(document).path("layout").asLong();
        if (version > VERSION) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "the lake has layout %d, this Freshet knows layouts up to %d: use a newer Freshet"
                            .formatted(version, VERSION));
        }
    }

    private ObjectNode parse(NumberedDocument document) {
        try {
            return json.readValue(document.text(), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new FreshetException(
                    ErrorCode.CORRUPT, FOLDER + "/" + document.number() + ".json is not a JSON object", e);
        }
    }

    private String document(long epoch) {
        ObjectNode node = json.createObjectNode();
        node.put("layout", VERSION);
        node.put("epoch", epoch);
        node.put("id", host.newId());
        node.put("created_at", host.now().toString());
        return node.toString();
    }
}
