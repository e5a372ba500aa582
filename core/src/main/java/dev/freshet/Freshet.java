package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.ingest.Redaction;
import dev.freshet.ingest.Source;
import dev.freshet.schedule.DefinitionText;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A lake and everything that can be done with it.
public final class Freshet implements AutoCloseable {
    private final Path root;
    private final Host host;
    private final Store store;
    private final Pod pod;
    private final List<Source> sources;
    private final ControlTable control;

    private Freshet(Path root, FreshetOptions options, List<Source> sources, Host host) {
        this.root = root;
        this.host = host;
        this.sources = List.copyOf(sources);
        this.store = LocalStore.open(root);
        this.pod = options.podId()
                .map(id -> Pod.named(id, host))
                .orElseGet(() ->
                        Pod.of(options.environment(), ProcessHandle.current().pid(), host));
        this.control = new ControlTable(store, host, pod);
    }

    public static Freshet open(Path lake, FreshetOptions options, List<Source> sources, Host host) {
        return new Freshet(lake, options, sources, host);
    }

    /// Any text without the passwords that their place in it gives away.
    public static String redacted(String text) {
        return Redaction.redact(text);
    }

    /// The definitions in a file's text, JSON or YAML by its name.
    public static List<JsonNode> definitions(String fileName, String text) {
        return DefinitionText.read(fileName, text);
    }

    public String podId() {
        return pod.id();
    }

    public Applied apply(JsonNode definition, boolean dryRun) {
        throw new UnsupportedOperationException();
    }

    public List<ObjectNode> schedules() {
        throw new UnsupportedOperationException();
    }

    public List<ObjectNode> history(String id) {
        throw new UnsupportedOperationException();
    }

    public boolean enable(String id) {
        throw new UnsupportedOperationException();
    }

    public boolean disable(String id) {
        throw new UnsupportedOperationException();
    }

    public boolean delete(String id) {
        throw new UnsupportedOperationException();
    }

    public List<ObjectNode> datasets(boolean withObjects) {
        throw new UnsupportedOperationException();
    }

    public List<TaskRow> tasks() {
        return control.rows();
    }

    public List<RunRecord> runs() {
        throw new UnsupportedOperationException();
    }

    public RunRecord run(String id, boolean wait, RunListener listener) {
        throw new UnsupportedOperationException();
    }

    public RunRecord ingest(OneShot work, boolean wait, RunListener listener) {
        throw new UnsupportedOperationException();
    }

    public void start(RunListener listener) {
        if (sources.isEmpty()) return;
        throw new UnsupportedOperationException();
    }

    public List<Finding> doctor() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(new LakeCheckup(root, store, host).findings());
        return findings;
    }

    @Override
    public void close() {}
}
