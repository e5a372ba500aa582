package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// Definitions that no document holds, because the lake implies them: the maintenance of each of its tables. They
/// hold until a document with the same id says otherwise, as one does that pauses the task. Asked often and by many
/// threads; what it answers for an id does not change while the process lives, except that a table comes or goes.
public interface ImpliedDefinitions {
    /// A lake that implies nothing.
    ImpliedDefinitions NONE = new ImpliedDefinitions() {
        @Override
        public List<String> ids() {
            return List.of();
        }

        @Override
        public Optional<JsonNode> definition(String id) {
            return Optional.empty();
        }
    };

    /// The ids, each of the form `maintain:<table>` and the name of its task, in a stable order.
    List<String> ids();

    /// The definition, of the shape of a schedule's document with that `id`; empty if the lake does not imply it.
    Optional<JsonNode> definition(String id);
}
