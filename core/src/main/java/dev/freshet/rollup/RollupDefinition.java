package dev.freshet.rollup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a rollup is made of. Immutable.
///
/// @param source the facts' table as the definition names it
/// @param time the facts' column that says which hour they belong to
/// @param updated the facts' column that says when they last changed, if there is one
/// @param number of the document, for people; it decides nothing
record RollupDefinition(
        String name,
        Source source,
        String time,
        @Nullable String updated,
        List<String> dimensions,
        List<Measure> measures,
        List<Filter> filters,
        OptionalLong number) {
    RollupDefinition {
        dimensions = List.copyOf(dimensions);
        measures = List.copyOf(measures);
        filters = List.copyOf(filters);
    }

    /// Where a rollup's table lies.
    static String path(String name) {
        return "rollups/" + name;
    }

    String path() {
        return path(name);
    }

    /// The same for definitions that make the same rows of the same facts, whatever else they say.
    String fingerprint() {
        String text =
                String.join("\n", source.path(), time, dimensions.toString(), measures.toString(), filters.toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
