package dev.freshet.schedule;

import java.util.List;

/// All schedules of a lake, sorted by id, and a warning for each whose newest document cannot be read.
public record Listing(List<Schedule> schedules, List<String> warnings) {
    public Listing {
        schedules = List.copyOf(schedules);
        warnings = List.copyOf(warnings);
    }
}
