package dev.freshet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.table.OnForeignCommit;
import java.util.Optional;

/// Work on a dataset that counts its commits in the position, and may follow another dataset.
record SimKind(World world, Weather weather, Story story) implements TaskKind {
    static final String ROLE = "ingest";

    @Override
    public String type() {
        return "count";
    }

    @Override
    public void validate(JsonNode kind) {}

    @Override
    public String taskName(JsonNode kind) {
        return ROLE + ":" + kind.path("dataset").asText();
    }

    @Override
    public String label(JsonNode kind) {
        return taskName(kind);
    }

    @Override
    public String targetPath(String taskName) {
        return path(taskName);
    }

    static String path(String task) {
        return "datasets/" + task.substring(ROLE.length() + 1);
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public Optional<String> follows(JsonNode kind) {
        return kind.hasNonNull("follows") ? Optional.of(kind.get("follows").asText()) : Optional.empty();
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return new SimTask(world, weather, story);
    }
}
