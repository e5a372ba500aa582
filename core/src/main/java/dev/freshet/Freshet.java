package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Catalog;
import dev.freshet.catalog.Dataset;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Layout;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.EventTail;
import dev.freshet.host.Host;
import dev.freshet.ingest.Cutting;
import dev.freshet.ingest.IngestKind;
import dev.freshet.ingest.IngestSettings;
import dev.freshet.ingest.Redaction;
import dev.freshet.ingest.Secrets;
import dev.freshet.ingest.Source;
import dev.freshet.maintain.MaintainDefinitions;
import dev.freshet.maintain.MaintainKind;
import dev.freshet.query.QueryEngine;
import dev.freshet.query.QueryLimits;
import dev.freshet.query.QueryResult;
import dev.freshet.rollup.RollupKind;
import dev.freshet.schedule.Applied;
import dev.freshet.schedule.DefinitionText;
import dev.freshet.schedule.ImpliedDefinitions;
import dev.freshet.schedule.Ledger;
import dev.freshet.schedule.Revision;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.RunnerOptions;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import dev.freshet.schedule.TaskKind;
import dev.freshet.store.LocalStore;
import dev.freshet.store.RetryingStore;
import dev.freshet.store.Store;
import dev.freshet.table.LogRetention;
import dev.freshet.table.StillNeeded;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// One lake and everything that can be done with it; all wiring of the house is here. Opening reads nothing and writes
/// nothing. Safe for use by many threads. Whoever opened it closes it, which ends a service that was started
/// and gives back what runs in the foreground. Fails
/// with [FreshetException]s whose messages are for users.
public final class Freshet implements AutoCloseable {
    /// What is not done by then is left to another process.
    private static final Duration UPKEEP_GRACE = Duration.ofSeconds(10);

    private final Path root;
    private final FreshetOptions options;
    private final List<Source> sources;
    private final Host host;
    private final Store store;
    private final ControlTable control;
    private final Secrets secrets;
    private final StillNeeded needs;
    private final Schedules schedules;
    private final Ledger ledger;
    private final Tasks tasks;
    private final Catalog catalog;
    private final Queue<Runner> open = new ConcurrentLinkedQueue<>();
    private final Recording recording;

    private Freshet(Path root, FreshetOptions options, List<Source> sources, Host host) {
        this.root = root;
        this.options = options;
        this.sources = List.copyOf(sources);
        this.host = host;
        this.store = new RetryingStore(LocalStore.open(root), host);
        this.control = new ControlTable(store, host, pod(options, host), options.controlUpkeep());
        this.secrets = new Secrets(
                options.secretsAllowed(),
                name -> Optional.ofNullable(options.environment().get(name)));
        this.needs = new LakeNeeds(store, host, control);
        this.schedules = new Schedules(store, host, control, kinds(ingestSettings(options.maxRunning())), implied());
        this.ledger = new Ledger(store, host);
        this.tasks = new Tasks(control, schedules, host);
        this.catalog = new Catalog(store, host);
        this.recording = new Recording(root, store, host, control, options);
    }

    public static Freshet open(Path lake, FreshetOptions options, List<Source> sources, Host host) {
        return new Freshet(lake, options, sources, host);
    }

    private static Pod pod(FreshetOptions options, Host host) {
        return options.podId()
                .map(id -> Pod.named(id, host))
                .orElseGet(() ->
                        Pod.of(options.environment(), ProcessHandle.current().pid(), host));
    }

    private IngestSettings ingestSettings(int runsAtOnce) {
        return new IngestSettings(
                secrets,
                options.literalSecrets(),
                options.ingestMemoryBytes(),
                runsAtOnce,
                Cutting.ofMachine(options.ingestSplitBytes()),
                options.files());
    }

    private List<TaskKind> kinds(IngestSettings settings) {
        List<TaskKind> kinds = new ArrayList<>();
        sources.forEach(source -> kinds.add(new IngestKind(source, settings)));
        kinds.add(new RollupKind(queryLimits()));
        kinds.add(new MigrateKind(Layout.open(store, host), List.of()));
        kinds.add(new MaintainKind(options.maintenance(), needs));
        return List.copyOf(kinds);
    }

    private ImpliedDefinitions implied() {
        return options.maintained()
                ? new MaintainDefinitions(store, host, options.maintenance().every())
                : ImpliedDefinitions.NONE;
    }

    /// Any text without the passwords that their place in it gives away.
    public static String redacted(String text) {
        return Redaction.redact(text);
    }

    /// What messages call the definition with that id: `schedule 'orders'`, `rollup 'usage_hourly'`.
    public static String text(String id) {
        return Schedules.text(id);
    }

    /// The definitions in a file's text, JSON or YAML by its name.
    public static List<JsonNode> definitions(String fileName, String text) {
        return DefinitionText.read(fileName, text);
    }

    /// What this process is called.
    public String podId() {
        return control.pod().id();
    }

    /// Who works with this process, for the record: `ann@workstation`.
    public String user() {
        return options.user();
    }

    /// Creates or updates a schedule; with `dryRun` only says what that would do.
    public Applied apply(JsonNode definition, boolean dryRun) {
        if (dryRun) return schedules.preview(definition);
        Applied applied = schedules.apply(definition);
        if (applied.effect() != Applied.Effect.UNCHANGED) {
            String how = applied.effect().name().toLowerCase(Locale.ROOT);
            recording.changed(how, applied.schedule().id(), applied.schedule().version());
        }
        return applied;
    }

    /// Why a definition that was accepted may not do what its author expects, if there is anything.
    public Optional<String> doubt(Schedule schedule) {
        return rollups().doubt(schedule);
    }

    /// All schedules with their status, sorted by id, and a warning for each whose definition cannot be read.
    public ScheduleList schedules() {
        return new ScheduleStatus(schedules, control, ledger).list();
    }

    /// Every version of a schedule's definition, the oldest first.
    public List<Revision> history(String id) {
        return schedules.history(id);
    }

    /// Lets a schedule fire, or not; returns whether that changed anything.
    public boolean setEnabled(String id, boolean enabled) {
        boolean changes = schedules.get(id).enabled() != enabled;
        Schedule schedule = schedules.setEnabled(id, enabled);
        if (changes) recording.changed(enabled ? "enabled" : "disabled", id, schedule.version());
        return changes;
    }

    /// Deletes a schedule and leaves its dataset; returns whether there was one.
    public boolean delete(String id) {
        boolean existed = schedules.delete(id);
        if (existed) recording.changed("deleted", id, null);
        return existed;
    }

    /// All datasets by name; with `objects` their data files too.
    public List<Dataset> datasets(boolean objects) {
        if (!objects) return catalog.datasets();
        return catalog.names().stream()
                .flatMap(name -> catalog.dataset(name, true).stream())
                .toList();
    }

    /// One dataset at its newest version.
    public Optional<Dataset> dataset(String name) {
        return catalog.names().contains(name) ? catalog.dataset(name, false) : Optional.empty();
    }

    /// A recorder of events into this lake; whoever opened it closes it. Processes of this machine that record into
    /// the same lake share the folder of its spill.
    public EventRecorder openRecorder() {
        return recording.open();
    }

    /// Whoever wants to hear of each event of a table from now on; none for as long as there is no such table.
    ///
    /// @param since those from this time on that are there already, too; null for none
    public EventTail tail(String table, @Nullable Instant since) {
        return EventTail.open(store, host, table, since);
    }

    /// Runs one SELECT over the datasets, the tables of events (`events.<table>`), `freshet.tasks` and `freshet.runs`.
    /// The caller closes the result.
    public QueryResult query(String sql) {
        return new QueryEngine(store, queryLimits(), new LakeTables(store, host, catalog)::all).run(sql);
    }

    private QueryLimits queryLimits() {
        int threads = Runtime.getRuntime().availableProcessors();
        return new QueryLimits(options.queryMemoryBytes(), options.queryTimeout(), threads);
    }

    /// The rollups: how they stand, and work on them.
    public Rollups rollups() {
        return new Rollups(store, host, queryLimits(), schedules, control, this::foreground);
    }

    /// The rows of the control table, sorted by task.
    public List<TaskRow> tasks() {
        return control.rows();
    }

    /// All tasks as people look at them, sorted by name. Costs some reads of older versions for the heartbeats' ages.
    public List<TaskView> taskViews() {
        return tasks.all();
    }

    /// The task with that name, or the only one for a dataset of that name.
    public TaskRow task(String name) {
        return tasks.named(name);
    }

    /// Keeps the task from being started when it is due, or lets it again, by disabling or enabling its schedule;
    /// returns whether that changed anything. A run that is going goes on, and requests still run it.
    public boolean setPaused(TaskRow task, boolean paused) {
        boolean changed = tasks.setPaused(task, paused);
        if (changed) recording.changed(paused ? "paused" : "resumed", task.task(), null);
        return changed;
    }

    /// Takes a task from the claim that holds it, whether its holder is alive or not, and settles what that one did;
    /// returns its run as the ledger has it.
    ///
    /// @param by who wants it, for the ledger
    public Optional<RunRecord> release(TaskRow held, String by, RunListener listener) throws InterruptedException {
        try (Runner runner = foreground(listener)) {
            return runner.evict(held, by);
        }
    }

    /// The rows of the control table at an earlier version, sorted by task, as long as its history is kept; an
    /// `UNKNOWN_ID` names what is kept.
    public List<TaskRow> tasks(long version) {
        return control.rowsAt(version);
    }

    /// The rows of the control table as they were at this time.
    public List<TaskRow> tasks(Instant time) {
        return control.rowsAt(time);
    }

    /// The run ledger, the newest first.
    public List<RunRecord> runs() {
        return ledger.runs().reversed();
    }

    /// Runs a schedule now and returns the run that serves this request, wherever it happens. With `wait` false, a
    /// lease that another process holds is a `LEASE_HELD`.
    public RunRecord run(String id, boolean wait, RunListener listener) throws InterruptedException {
        try (Runner runner = foreground(listener)) {
            return runner.runNow(id, wait);
        }
    }

    /// Copies one table now, without a schedule. Its DSN may hold a password, for it is not stored.
    public RunRecord ingest(OneShot work, boolean wait, RunListener listener) throws InterruptedException {
        JsonNode kind = work.kind();
        TaskKind ingest = kinds(ingestSettings(1).withLiteralPasswords()).stream()
                .filter(each -> each.type().equals(kind.path("type").asText()))
                .findFirst()
                .orElseThrow(() -> new FreshetException(ErrorCode.BAD_USAGE, "no source for " + kind.path("type")));
        ingest.validate(kind);
        try (Runner runner = foreground(listener)) {
            return runner.once(ingest, kind, wait);
        }
    }

    /// Who waits for one run wants it to end at once when told to stop.
    private Runner foreground(RunListener listener) {
        Runner runner = runner(recording.heardAtOnce(listener), Duration.ZERO);
        open.add(runner);
        return runner;
    }

    /// Each runner is a process of its own to the others, or it would take their claims for late ones of its own.
    private Runner runner(RunListener listener, Duration grace) {
        ControlTable own = control.as(pod(options, host));
        RunnerOptions how = new RunnerOptions(
                options.tick(), options.maxRunning(), grace, inlineRetention(), options.checkpointsKept());
        return new Runner(store, host, own, schedules, how, listener);
    }

    /// Whoever commits cleans the log, too, and does not ask what others need: it leaves what they may.
    private LogRetention inlineRetention() {
        LogRetention logs = options.logRetention();
        return logs.kept().compareTo(StillNeeded.CAP) < 0 ? logs.withKept(StillNeeded.CAP) : logs;
    }

    /// The upkeep of the lake's tables by hand.
    public Maintenance maintenance() {
        return new Maintenance(store, host, options.maintenance(), needs, this::foreground);
    }

    /// What a task, such as `ingest:orders`, keeps to go on from when it is interrupted.
    public TaskCheckpoints checkpoints(String task) {
        return new TaskCheckpoints(
                task, new Checkpoints(store, host, task), kinds(ingestSettings(1)), this::foreground);
    }

    /// The migrations of the lake's own layout.
    public Migrations migrations() {
        return new Migrations(Layout.open(store, host), lakeMigrations(), this::foreground);
    }

    private List<LakeMigration> lakeMigrations() {
        return List.of(new LakeMigration(
                2,
                "drop-daily-rollups",
                "empties rollups/task_usage_daily once task_usage_hourly holds it all",
                new DropDailyRollups(store, host, queryLimits(), schedules, this::foreground)));
    }

    /// Serves all schedules in the background until this is closed.
    public void start(RunListener listener) {
        Runner service = runner(recording.heard(listener), options.shutdownGrace());
        open.add(service);
        service.start();
    }

    /// Examines the lake and every database that a schedule names.
    public List<Finding> doctor() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(new LakeCheckup(root, store, host).findings());
        if (findings.stream().anyMatch(finding -> finding.health() == Finding.Health.BROKEN)) return findings;
        SourceCheckup checkup = new SourceCheckup(sources, secrets);
        var known = schedules.list();
        for (Schedule schedule : known.schedules())
            if (!schedule.isNamedAfterTask()) findings.add(checkup.finding(schedule));
        known.warnings().forEach(warning -> findings.add(Finding.doubtful("schedule", warning, "apply it again")));
        return findings;
    }

    @Override
    public void close() {
        open.forEach(Runner::close);
        recording.close();
        try {
            var _ = control.finishUpkeep(UPKEEP_GRACE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
