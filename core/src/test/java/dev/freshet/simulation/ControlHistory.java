package dev.freshet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.ControlTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every version of the control table that there ever was.
final class ControlHistory {
    private final Archive store;
    private final Map<String, List<ControlRow>> files = new HashMap<>();

    ControlHistory(Archive store) {
        this.store = store;
    }

    List<ControlVersion> versions() {
        List<ControlVersion> versions = new ArrayList<>();
        Map<String, List<ControlRow>> active = new LinkedHashMap<>();
        for (Deed deed : store.log(ControlTable.PATH + "/_delta_log")) {
            for (JsonNode action : Actions.of(deed)) {
                if (action.has("remove")) {
                    active.remove(action.path("remove").path("path").asText());
                }
            }
            for (JsonNode action : Actions.of(deed)) {
                if (action.has("add")) {
                    String path = action.path("add").path("path").asText();
                    active.put(path, rows(path));
                }
            }
            versions.add(new ControlVersion(versions.size(), deed.nanos(), rows(active)));
        }
        return versions;
    }

    private List<ControlRow> rows(String path) {
        return files.computeIfAbsent(path, name -> ControlRow.read(store.past(), ControlTable.PATH + "/" + name));
    }

    private static Map<String, ControlRow> rows(Map<String, List<ControlRow>> active) {
        Map<String, ControlRow> rows = new TreeMap<>();
        active.values().forEach(file -> file.forEach(row -> rows.put(row.task(), row)));
        return rows;
    }
}
