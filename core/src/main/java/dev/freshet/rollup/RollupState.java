package dev.freshet.rollup;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.Mark;
import dev.freshet.table.Position;
import dev.freshet.table.Snapshot;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a rollup's table says about itself, in the domain `freshet.rollup` that every commit of its rows carries.
/// Immutable.
///
/// @param source the folder of the facts
/// @param factsTableId of the table that the rows were computed from
/// @param processedVersion every change of the facts up to this version is in the rows; -1 before the first
/// @param watermarkAt the same as a time, for people; null only if something damaged it
/// @param retainedFrom facts before this time may be gone, and the rows of their hours stay as they are
/// @param historyFrom a backfill was told to leave out what is before this time
/// @param definition fingerprint of the definition that made the rows
/// @param definitionVersion its document's number, if it is known
/// @param pass work that is under way
record RollupState(
        String source,
        String factsTableId,
        long processedVersion,
        @Nullable Instant watermarkAt,
        @Nullable Instant retainedFrom,
        @Nullable Instant historyFrom,
        String definition,
        OptionalLong definitionVersion,
        @Nullable LastError lastError,
        @Nullable Pass pass) {
    static final String ROLE = "rollup";
    static final Instant NO_WATERMARK = Instant.EPOCH;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The state of a rollup of which nothing is computed yet.
    static RollupState initial(RollupDefinition definition, String factsTableId) {
        return new RollupState(
                definition.source().path(),
                factsTableId,
                -1,
                NO_WATERMARK,
                null,
                null,
                definition.fingerprint(),
                definition.number(),
                null,
                null);
    }

    /// Empty while no rollup ever wrote the table.
    ///
    /// @throws FreshetException (CORRUPT) if what it wrote is no state
    static Optional<RollupState> in(Snapshot table) {
        return Mark.in(table, ROLE)
                .filter(mark -> mark.extras().containsKey("facts_table_id"))
                .map(mark -> parsed(table, mark.extras()));
    }

    private static RollupState parsed(Snapshot table, Map<String, Object> json) {
        try {
            return new RollupState(
                    text(json, "source"),
                    text(json, "facts_table_id"),
                    ((Number) json.getOrDefault("processed_version", -1)).longValue(),
                    time(json, "watermark_at"),
                    time(json, "retained_from"),
                    time(json, "history_from"),
                    text(json, "definition"),
                    json.get("definition_version") instanceof Number number
                            ? OptionalLong.of(number.longValue())
                            : OptionalLong.empty(),
                    LastError.of(json.get("last_error")),
                    Pass.of(json.get("pass")));
        } catch (ClassCastException | DateTimeException | NullPointerException e) {
            throw new FreshetException(
                    ErrorCode.CORRUPT,
                    "table %s: the domain freshet.rollup of version %d is not what a rollup writes; drop the table, and the rollup is computed anew"
                            .formatted(table.table(), table.version()),
                    e);
        }
    }

    private static String text(Map<String, Object> json, String name) {
        return (String) json.getOrDefault(name, "");
    }

    private static @Nullable Instant time(Map<String, Object> json, String name) {
        Object text = json.get(name);
        return text == null ? null : Instant.parse((String) text);
    }

    /// The time that people may rely on.
    Instant watermark() {
        return watermarkAt == null ? NO_WATERMARK : watermarkAt;
    }

    /// The first hour that is not left as it is.
    long floor() {
        return Math.max(hour(retainedFrom), hour(historyFrom));
    }

    private static long hour(@Nullable Instant time) {
        return time == null ? Buckets.FIRST : Buckets.from(time);
    }

    /// Two holders that began from the same position cannot both commit.
    Position position() {
        ObjectNode json = JSON.createObjectNode();
        json.put("facts_table_id", factsTableId);
        json.put("processed_version", processedVersion);
        if (pass != null) {
            json.set("pass", JSON.valueToTree(pass.json()));
        }
        return new Position(json.toString());
    }

    Map<String, Object> extras() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", source);
        json.put("facts_table_id", factsTableId);
        json.put("processed_version", processedVersion);
        if (watermarkAt != null) {
            json.put("watermark_at", watermarkAt.toString());
        }
        if (retainedFrom != null) {
            json.put("retained_from", retainedFrom.toString());
        }
        if (historyFrom != null) {
            json.put("history_from", historyFrom.toString());
        }
        json.put("definition", definition);
        definitionVersion.ifPresent(number -> json.put("definition_version", number));
        if (lastError != null) {
            json.put("last_error", lastError.json());
        }
        if (pass != null) {
            json.put("pass", pass.json());
        }
        return json;
    }

    /// All hours from then on are to be computed again.
    ///
    /// @param anew whether the rows stand for nothing any more: other facts, another definition
    /// @param from null for all that is not below the floor
    RollupState begun(RollupDefinition made, String facts, Pass newPass, boolean anew, @Nullable Instant from) {
        return new RollupState(
                made.source().path(),
                facts,
                anew ? -1 : processedVersion,
                anew ? NO_WATERMARK : watermarkAt,
                retainedFrom,
                from,
                made.fingerprint(),
                made.number(),
                null,
                newPass);
    }

    RollupState under(Pass newPass) {
        return with(processedVersion, watermarkAt, retainedFrom, null, newPass);
    }

    /// All changes up to this version are in the rows.
    RollupState processed(long version, Instant watermark) {
        return with(version, watermark, retainedFrom, null, null);
    }

    /// Never earlier than it was.
    RollupState retainedFrom(@Nullable Instant time) {
        boolean later = time != null && (retainedFrom == null || time.isAfter(retainedFrom));
        return with(processedVersion, watermarkAt, later ? time : retainedFrom, lastError, pass);
    }

    boolean isKnown(LastError error) {
        return lastError != null
                && lastError.code().equals(error.code())
                && lastError.message().equals(error.message());
    }

    RollupState failed(LastError error) {
        return with(processedVersion, watermarkAt, retainedFrom, error, pass);
    }

    /// The same rows of the same facts, otherwise described.
    private RollupState with(
            long processed,
            @Nullable Instant watermark,
            @Nullable Instant retained,
            @Nullable LastError error,
            @Nullable Pass newPass) {
        return new RollupState(
                source,
                factsTableId,
                processed,
                watermark,
                retained,
                historyFrom,
                definition,
                definitionVersion,
                error,
                newPass);
    }
}
