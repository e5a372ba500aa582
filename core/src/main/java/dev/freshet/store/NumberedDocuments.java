package dev.freshet.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A sequence of immutable documents `<folder>/<n>.json`, from 0 and without gaps. Whoever appends names the number
/// that must be free, so an update decided on document n can only become n + 1. Documents are never changed or
/// removed. Safe for use by many threads and processes.
public final class NumberedDocuments {
    private static final Pattern NAME = Pattern.compile("(0|[1-9][0-9]{0,17})\\.json");

    private final Store store;
    private final Puts puts;
    private final String folder;

    public NumberedDocuments(Store store, Puts puts, String folder) {
        this.store = store;
        this.puts = puts;
        this.folder = folder;
    }

    public Optional<NumberedDocument> newest() {
        return numbers().reversed().stream().findFirst().map(this::document);
    }

    /// One of them; to ask for the number after a known one costs no listing.
    public Optional<NumberedDocument> find(long number) {
        return store.stat(key(number)).map(_ -> document(number));
    }

    public List<NumberedDocument> all() {
        return numbers().stream().map(this::document).toList();
    }

    /// Creates document `number`. The text must hold an id that no other writer can produce (see [Puts]), or two
    /// writers of the same text are both told that it is theirs.
    public PutAnswer append(long number, String text) {
        if (number > 0 && store.stat(key(number - 1)).isEmpty()) {
            throw new IllegalArgumentException(
                    "document " + number + " cannot be appended to " + folder + ": there is no " + (number - 1));
        }
        return puts.put(key(number), text.getBytes(UTF_8));
    }

    private List<Long> numbers() {
        return store.list(folder, "").stream()
                .map(object -> NAME.matcher(object.name()))
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private NumberedDocument document(long number) {
        return new NumberedDocument(number, new String(store.read(key(number)), UTF_8));
    }

    private String key(long number) {
        return folder + "/" + number + ".json";
    }
}
