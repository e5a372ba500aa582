package dev.freshet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.Fence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A commit of a task to its target.
///
/// @param raise whether it only raised the fence
/// @param count the position that it brought the target to
/// @param nanos when it came to be, by true time
record TargetCommit(
        String task,
        long version,
        boolean raise,
        Fence fence,
        String runId,
        @Nullable Instant dueAt,
        @Nullable Instant requestedAt,
        long count,
        long nanos) {

    /// Those of a task, in the order of its target's log.
    static List<TargetCommit> all(Archive store, String task) {
        List<TargetCommit> commits = new ArrayList<>();
        long version = 0;
        for (Deed deed : store.log(SimKind.path(task) + "/_delta_log")) {
            of(task, version++, deed.content(), deed.nanos()).ifPresent(commits::add);
        }
        return commits;
    }

    static Optional<TargetCommit> of(String task, long version, byte[] content, long nanos) {
        List<JsonNode> actions = Actions.of(content);
        String operation =
                actions.getFirst().path("commitInfo").path("operation").asText();
        for (JsonNode action : actions) {
            JsonNode domain = action.path("domainMetadata");
            if (domain.path("domain").asText().equals("freshet." + SimKind.ROLE)) {
                JsonNode mark = Actions.parse(domain.path("configuration").asText());
                return Optional.of(new TargetCommit(
                        task,
                        version,
                        operation.equals("RAISE FENCE"),
                        new Fence(
                                mark.path("fence").path(0).asLong(),
                                mark.path("fence").path(1).asLong()),
                        mark.path("run_id").asText(),
                        time(mark, "due_at"),
                        time(mark, "requested_at"),
                        mark.path("position").path("n").asLong(),
                        nanos));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Instant time(JsonNode mark, String name) {
        return mark.hasNonNull(name) ? Instant.parse(mark.path(name).asText()) : null;
    }
}
