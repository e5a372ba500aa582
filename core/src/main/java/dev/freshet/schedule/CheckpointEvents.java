package dev.freshet.schedule;

import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.CheckpointWatch;
import dev.freshet.checkpoint.Collected;
import dev.freshet.event.EventType;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells of a run's checkpoints as of everything else that it does.
record CheckpointEvents(RunContext run) implements CheckpointWatch {
    @Override
    public void committed(Checkpoint checkpoint) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("checkpoint", checkpoint.id().toString());
        if (checkpoint.identifier() != null) {
            details.put("identifier", checkpoint.identifier());
        }
        details.put("bytes", checkpoint.size().own());
        run.happened(EventType.CHECKPOINT_COMMITTED, details);
    }

    @Override
    public void collected(Collected collected) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("checkpoints", collected.removed().size());
        details.put("files", collected.files());
        details.put("bytes", collected.bytes());
        run.happened(EventType.CHECKPOINT_COLLECTED, details);
    }
}
