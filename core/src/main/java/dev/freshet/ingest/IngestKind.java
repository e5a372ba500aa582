package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.table.OnForeignCommit;

/// The kind of work that copies one table of a source into one dataset: the lake's table `datasets/<name>`,
/// written by the task `ingest:<name>`. There is one of these for each [Source]. Stateless, safe for use by
/// many threads.
public final class IngestKind implements TaskKind {
    private static final String ROLE = "ingest";
    private static final String PREFIX = ROLE + ":";
    private static final String FOLDER = "datasets/";

    private final Source source;
    private final IngestSettings settings;

    public IngestKind(Source source, IngestSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    @Override
    public String type() {
        return source.type();
    }

    @Override
    public void validate(JsonNode kind) {
        ingest(kind);
    }

    @Override
    public String taskName(JsonNode kind) {
        return PREFIX + IngestReader.read(kind).dataset();
    }

    @Override
    public String label(JsonNode kind) {
        return type() + ":" + IngestReader.read(kind).request().table();
    }

    @Override
    public String targetPath(String taskName) {
        return FOLDER + dataset(taskName);
    }

    @Override
    public String role() {
        return ROLE;
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return task(schedule.kind());
    }

    /// The work that a `kind` object describes.
    ///
    /// @throws FreshetException if [#validate] would throw it
    public Task task(JsonNode kind) {
        return new IngestTask(source, ingest(kind), settings);
    }

    private static String dataset(String taskName) {
        if (!taskName.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no ingest: " + taskName);
        }
        return taskName.substring(PREFIX.length());
    }

    private Ingest ingest(JsonNode kind) {
        Ingest ingest = IngestReader.read(kind);
        Dsn dsn = ingest.dsn();
        if (!dsn.type().equals(type())) {
            throw new FreshetException(
                    ErrorCode.BAD_DEFINITION,
                    "kind: 'dsn' leads to %s, but 'type' is %s".formatted(dsn.type(), type()));
        }
        if (dsn.literalPassword() && !settings.literalPasswords()) {
            throw new FreshetException(
                    ErrorCode.SECRET_REFUSED,
                    "kind: 'dsn' (%s) holds a password; write a reference instead, ${env:NAME} or ${file:PATH}"
                            .formatted(dsn.redacted()));
        }
        return ingest;
    }
}
