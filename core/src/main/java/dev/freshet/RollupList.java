package dev.freshet;

import java.util.List;

/// The rollups of a lake by name, and a warning for each that cannot be shown.
public record RollupList(List<RollupView> rollups, List<String> warnings) {
    public RollupList {
        rollups = List.copyOf(rollups);
        warnings = List.copyOf(warnings);
    }

    /// Those that are made from the table in that folder.
    public List<RollupView> madeFrom(String folder) {
        return rollups.stream().filter(view -> view.facts().equals(folder)).toList();
    }
}
