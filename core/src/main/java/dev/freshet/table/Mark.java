package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a task leaves in the target with every commit: the domain `freshet.<role>`. It says who committed under
/// which fence, which due time or request this settles, and how far the source was read. `extras` ride in the
/// same domain, such as lineage. Times have microseconds. Immutable.
public record Mark(
        String role,
        String task,
        Fence fence,
        String runId,
        Optional<Instant> dueAt,
        Optional<Instant> requestedAt,
        Position position,
        String state,
        Map<String, Object> extras) {
    private static final Set<String> OWN =
            Set.of("task", "fence", "run_id", "due_at", "requested_at", "position", "state");

    public Mark {
        dueAt = dueAt.map(time -> time.truncatedTo(ChronoUnit.MICROS));
        requestedAt = requestedAt.map(time -> time.truncatedTo(ChronoUnit.MICROS));
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
        if (extras.keySet().stream().anyMatch(OWN::contains)) {
            throw new IllegalArgumentException("extras must not name any of " + OWN);
        }
    }

    /// A mark without extras.
    public Mark(
            String role,
            String task,
            Fence fence,
            String runId,
            Optional<Instant> dueAt,
            Optional<Instant> requestedAt,
            Position position,
            String state) {
        this(role, task, fence, runId, dueAt, requestedAt, position, state, Map.of());
    }

    /// The name of the domain that a role's marks are kept in.
    public static String domain(String role) {
        return "freshet." + role;
    }

    /// The mark that a snapshot carries for a role.
    public static Optional<Mark> in(Snapshot snapshot, String role) {
        return snapshot.domain(domain(role)).map(json -> parse(role, json));
    }

    /// Whether the commit settled a due time or a request; a step of a run that commits several times does not.
    public boolean settles() {
        return dueAt.isPresent() || requestedAt.isPresent();
    }

    /// Whether this mark's due time or request is one that the other also names.
    boolean settlesSameAs(Mark other) {
        return (dueAt.isPresent() && dueAt.equals(other.dueAt))
                || (requestedAt.isPresent() && requestedAt.equals(other.requestedAt));
    }

    Mark withFence(Fence fence) {
        return new Mark(role, task, fence, runId, dueAt, requestedAt, position, state, extras);
    }

    /// The domain's configuration.
    String json() {
        ObjectNode node = Json.object();
        node.put("task", task);
        node.putArray("fence").add(fence.epoch()).add(fence.version());
        node.put("run_id", runId);
        dueAt.ifPresent(time -> node.put("due_at", time.toString()));
        requestedAt.ifPresent(time -> node.put("requested_at", time.toString()));
        node.set("position", Json.parse(position.json()));
        node.put("state", state);
        extras.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(extra -> node.set(extra.getKey(), Json.of(extra.getValue())));
        return Json.text(node);
    }

    /// @throws FreshetException (CORRUPT) if the text is not a mark's
    static Mark parse(String role, String json) {
        try {
            return parse(role, Json.parse(json));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new FreshetException(
                    ErrorCode.CORRUPT,
                    "the domain " + domain(role) + " is not what a task writes: " + e.getMessage(),
                    e);
        }
    }

    private static Mark parse(String role, JsonNode node) {
        JsonNode fence = node.path("fence");
        return new Mark(
                role,
                node.path("task").asText(),
                new Fence(fence.path(0).asLong(), fence.path(1).asLong()),
                node.path("run_id").asText(),
                time(node, "due_at"),
                time(node, "requested_at"),
                node.hasNonNull("position") ? Position.of(node.get("position")) : Position.none(),
                node.path("state").asText(),
                extras(node));
    }

    private static Optional<Instant> time(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(Instant.parse(node.get(name).asText())) : Optional.empty();
    }

    private static Map<String, Object> extras(JsonNode node) {
        Map<String, Object> extras = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (!OWN.contains(field.getKey()) && !field.getValue().isNull()) {
                extras.put(field.getKey(), Json.value(field.getValue()));
            }
        });
        return extras;
    }
}
