package dev.freshet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The schedules of a lake as JSON objects, definition and status in one, and what could not be read.
public record ScheduleList(List<ObjectNode> schedules, List<String> warnings) {
    public ScheduleList {
        schedules = List.copyOf(schedules);
        warnings = List.copyOf(warnings);
    }
}
