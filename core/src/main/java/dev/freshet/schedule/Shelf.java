package dev.freshet.schedule;

import java.util.Arrays;

/// Where the definitions of one sort are kept, `<folder>/<name>/<n>.json`, and what their ids begin with. An id with
/// a colon is also the name of the definition's task.
enum Shelf {
    SCHEDULES("_freshet/schedules", "", "schedule", "the schedule's id"),
    ROLLUPS("_freshet/rollups", "rollup:", "rollup", "the rollup's name"),
    /// Only what differs from what the lake implies is written here.
    MAINTENANCE("_freshet/maintenance", "maintain:", "maintenance of", "the maintained table's name");

    private final String folder;
    private final String prefix;
    private final String noun;
    private final String name;

    Shelf(String folder, String prefix, String noun, String name) {
        this.folder = folder;
        this.prefix = prefix;
        this.noun = noun;
        this.name = name;
    }

    /// The shelf of a definition with that id, or of the task with that name.
    static Shelf of(String id) {
        return Arrays.stream(values())
                .filter(shelf -> shelf != SCHEDULES && id.startsWith(shelf.prefix))
                .findFirst()
                .orElse(SCHEDULES);
    }

    /// Returns the id, or refuses it with a `BAD_DEFINITION` that says what is allowed.
    static String require(String id) {
        Shelf shelf = of(id);
        Names.require(shelf.name, shelf.nameIn(id));
        return id;
    }

    /// What messages call the definition: `schedule 'orders'`.
    static String text(String id) {
        Shelf shelf = of(id);
        return shelf.noun + " '" + shelf.nameIn(id) + "'";
    }

    /// The folder of the definition's documents.
    static String folder(String id) {
        Shelf shelf = of(id);
        return shelf.folder + "/" + shelf.nameIn(id);
    }

    String folder() {
        return folder;
    }

    String id(String nameOnShelf) {
        return prefix + nameOnShelf;
    }

    private String nameIn(String id) {
        return id.substring(prefix.length());
    }
}
