package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.util.Optional;

/// One kind of work that a schedule can ask for. The `kind` object of a definition is opaque to schedules: only the
/// kind named by its `type` reads it. A task is named after its target (`ingest:orders`), and from that name alone
/// any process can find the target, even of work whose definition is gone. Stateless, safe for many threads.
public interface TaskKind {
    /// The value of `kind.type` that this answers to, such as `postgres`.
    String type();

    /// Refuses a malformed `kind` with a `BAD_DEFINITION` or `SECRET_REFUSED` that names the key, never the secret.
    void validate(JsonNode kind);

    /// The name of the task: the role, a colon and the target's name, such as `ingest:orders`.
    String taskName(JsonNode kind);

    /// What people call it, such as `postgres:public.orders`.
    String label(JsonNode kind);

    /// The target table's folder in the lake for a task of this role: `ingest:orders` is at `datasets/orders`.
    String targetPath(String taskName);

    /// The role whose domain `freshet.<role>` carries fence and position in the target: `ingest`.
    String role();

    /// The folder of the table that this work is made from, such as `datasets/orders`. Whoever releases a run that may
    /// have changed that table requests this work in the same commit. Empty for work that follows no table.
    default Optional<String> follows(JsonNode kind) {
        return Optional.empty();
    }

    /// What a run does about another writer's commit when the definition does not say.
    OnForeignCommit onForeignCommit(JsonNode kind);

    /// Whether the first commit of such a task may create the target. Only then the fence of whoever takes over from
    /// a silent holder is put on a table that is not there.
    default boolean makesTarget() {
        return true;
    }

    /// Whether a definition may ask for such work; if not, only a command does.
    default boolean isDefinable() {
        return true;
    }

    /// The work of one run.
    Task create(Schedule schedule);
}
