package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One entry of a schedule's history.
///
/// @param document the definition as it was written; null if this is a deletion or cannot be read
/// @param fault why it cannot be read; null if it can
public record Revision(
        long number,
        boolean deleted,
        @Nullable JsonNode document,
        @Nullable String fault) {}
