package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ClaimTerms;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Edit;
import dev.freshet.control.OwnOutcome;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.schedule.Definitions.Document;
import dev.freshet.store.PutAnswer;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schedules of a lake: numbered definitions, of which the newest counts. Rollups are schedules with ids
/// like `rollup:usage_hourly`, the maintenance of a table is one like `maintain:datasets.orders`. An update is
/// decided on the version that it read and refused if that is no longer the newest. A dataset belongs to one
/// schedule; the control table says to which. Safe for use by many threads and processes; holds nothing that
/// needs closing.
public final class Schedules {
    private static final String DELETION = "{\"deleted\": true}";

    private final Host host;
    private final ControlTable control;
    private final DefinitionReader reader;
    private final Definitions definitions;
    private final List<TaskKind> kinds;

    public Schedules(Store store, Host host, ControlTable control, List<TaskKind> kinds) {
        this(store, host, control, kinds, ImpliedDefinitions.NONE);
    }

    /// @param implied what is done without being asked for
    public Schedules(Store store, Host host, ControlTable control, List<TaskKind> kinds, ImpliedDefinitions implied) {
        this.host = host;
        this.control = control;
        this.kinds = List.copyOf(kinds);
        this.reader = new DefinitionReader(kinds);
        this.definitions = new Definitions(store, host, reader, implied);
    }

    /// Reads a definition as `apply` would, without writing anything.
    public Schedule check(JsonNode definition) {
        Schedule schedule = reader.read(definition, 0, host.now()).schedule();
        requireDistinct(schedule.id());
        String task = task(schedule);
        control.row(task)
                .map(TaskRow::scheduleId)
                .filter(owner -> !owner.equals(schedule.id()) && owns(owner, task))
                .ifPresent(owner -> {
                    throw taken(schedule.id(), task, owner);
                });
        return schedule;
    }

    /// What [#apply] would do; writes nothing.
    public Applied preview(JsonNode definition) {
        Schedule schedule = check(definition);
        return switch (definitions.newest(schedule.id()).orElse(null)) {
            case Document.Good good -> {
                Schedule before = good.definition().schedule();
                boolean same = complete(definition, before).equals(good.json());
                yield same
                        ? new Applied(before, Applied.Effect.UNCHANGED)
                        : new Applied(schedule, Applied.Effect.UPDATED);
            }
            case Document.Bad _ -> new Applied(schedule, Applied.Effect.UPDATED);
            case Document.Deleted _ -> new Applied(schedule, Applied.Effect.CREATED);
            case null -> new Applied(schedule, Applied.Effect.CREATED);
        };
    }

    /// Creates the schedule, or makes this its newest version; nothing is written when it says so already.
    public Applied apply(JsonNode definition) {
        Schedule schedule = check(definition);
        Optional<Document> newest = definitions.newest(schedule.id());
        long read = newest.map(Document::number).orElse(-1L);
        return switch (newest.orElse(null)) {
            case Document.Good good -> replaced(definition, good);
            case Document.Bad _ -> new Applied(write(complete(definition, schedule), read), Applied.Effect.UPDATED);
            case Document.Deleted _ -> new Applied(write(complete(definition, schedule), read), Applied.Effect.CREATED);
            case null -> new Applied(write(complete(definition, schedule), read), Applied.Effect.CREATED);
        };
    }

    /// What the user leaves out about the creation stays as it was.
    private Applied replaced(JsonNode definition, Document.Good newest) {
        Schedule before = newest.definition().schedule();
        JsonNode complete = complete(definition, before);
        return complete.equals(newest.json())
                ? new Applied(before, Applied.Effect.UNCHANGED)
                : new Applied(write(complete, newest.number()), Applied.Effect.UPDATED);
    }

    /// Replaces the version that the caller has read.
    ///
    /// @throws FreshetException (STALE_VERSION) if it is no longer the newest, (UNKNOWN_ID) if there is no such
    ///   schedule
    public Schedule update(JsonNode definition, long readVersion) {
        Schedule before = get(check(definition).id());
        if (before.version() != readVersion) {
            throw stale(before.id(), readVersion, before.version());
        }
        return write(complete(definition, before), readVersion);
    }

    /// The definition with the facts of its creation, as it is stored.
    private static ObjectNode complete(JsonNode definition, Schedule facts) {
        ObjectNode complete = definition.deepCopy();
        if (!complete.hasNonNull("created_at")) {
            complete.put("created_at", facts.createdAt().toString());
        }
        if (!complete.hasNonNull("created_by")) {
            complete.put("created_by", facts.createdBy());
        }
        return complete;
    }

    /// First the dataset is taken, then the document is written, then looked whether the dataset is still ours:
    /// another schedule may have taken it as long as ours did not exist.
    private Schedule write(JsonNode complete, long readVersion) {
        long number = readVersion + 1;
        Definition written = reader.read(complete, number, host.now());
        String id = written.schedule().id();
        String task = task(written.schedule());
        own(id, task);
        append(id, number, complete.toString());
        align(id, task, written);
        return written.schedule();
    }

    private void append(String id, long number, String text) {
        PutAnswer answer = definitions.append(id, number, text);
        switch (answer) {
            case CREATED -> {}
            case EXISTS -> throw stale(id, number - 1, number);
            case UNKNOWN ->
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        Shelf.text(id) + ": the store did not say whether version " + number
                                + " was written; look at it with 'get schedules " + id + "' and apply again");
        }
    }

    private void own(String id, String task) {
        OwnOutcome outcome = control.own(task, id, owner -> owns(owner, task));
        switch (outcome) {
            case OwnOutcome.Owned _ -> {}
            case OwnOutcome.OwnedBy(var owner) -> throw taken(id, task, owner);
            case OwnOutcome.Unknown(var reason) ->
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        Shelf.text(id) + ": nobody could say whether it owns " + task + ": " + reason
                                + "; apply it again");
        }
    }

    /// Lets the row follow at once; should that fail, the next tick of any process does it.
    private void align(String id, String task, Definition definition) {
        RowAlignment alignment = alignment(task, definition);
        control.edit(new Edit(task, row -> alignment.align(row, Spans.micros(host.now()))));
        control.row(task)
                .map(TaskRow::scheduleId)
                .filter(owner -> !owner.equals(id) && owns(owner, task))
                .ifPresent(owner -> {
                    append(id, definition.schedule().version() + 1, DELETION);
                    throw taken(id, task, owner);
                });
    }

    RowAlignment alignment(String task, Definition definition) {
        return new RowAlignment(task, definition, this::owns, this::lastKnown);
    }

    /// Claims as the definition says, unless the row follows a later one by then.
    ClaimTerms terms(String task, Definition definition) {
        ScheduleTerms terms = new ScheduleTerms(alignment(task, definition), host);
        return (newest, reclaim) ->
                !reclaim && isOutdated(definition, newest) ? Optional.empty() : terms.grant(newest, reclaim);
    }

    private boolean isOutdated(Definition definition, Optional<TaskRow> newest) {
        Schedule schedule = definition.schedule();
        return newest.filter(row -> schedule.id().equals(row.definedBy()))
                        .map(TaskRow::definitionVersion)
                        .filter(version -> version > schedule.version())
                        .isPresent()
                && definitions.version(schedule.id(), schedule.version() + 1).isPresent();
    }

    /// What a runner's loop knows of these schedules.
    Roster roster() {
        return new Roster(host, definitions, (schedule, task) -> task(schedule).equals(task));
    }

    /// Whether the schedule exists and is for that task. One whose newest document cannot be read keeps what it
    /// has.
    boolean owns(String id, String task) {
        return switch (definitions.newest(id).orElse(null)) {
            case Document.Good good -> task(good.definition().schedule()).equals(task);
            case Document.Bad _ -> true;
            case Document.Deleted _ -> false;
            case null -> false;
        };
    }

    /// The definition that the row's next due time was computed from, be it changed or deleted since.
    Optional<Schedule> lastKnown(TaskRow row) {
        return row.definedBy() == null || row.definitionVersion() == null
                ? Optional.empty()
                : version(row.definedBy(), row.definitionVersion());
    }

    /// What settles the task for somebody who does none of its work; empty if no kind has tasks of that name.
    Optional<Job> settling(TaskRow row) {
        Schedule lastKnown = lastKnown(row).orElse(null);
        return kindOf(row.task()).map(kind -> Job.settling(row.task(), kind, lastKnown));
    }

    /// Stops the schedule from being due, or starts it again. A running run is not touched.
    public Schedule setEnabled(String id, boolean enabled) {
        Document.Good newest = newest(id);
        if (newest.definition().schedule().enabled() == enabled) {
            return newest.definition().schedule();
        }
        ObjectNode changed = complete(newest.json(), newest.definition().schedule());
        ImportedStatus.KEYS.forEach(changed::remove);
        changed.put("enabled", enabled);
        return write(changed, newest.number());
    }

    /// Deletes the schedule; its dataset and its history stay. What the lake implies holds again.
    ///
    /// @return whether there was a document to delete
    public boolean delete(String id) {
        Optional<Document> newest = definitions.newest(Shelf.require(id));
        if (newest.isEmpty()
                || newest.get() instanceof Document.Deleted
                || newest.get().number() < 0) {
            return false;
        }
        append(id, newest.get().number() + 1, DELETION);
        if (newest.get() instanceof Document.Good good
                && !owns(id, task(good.definition().schedule()))) {
            free(id, task(good.definition().schedule()));
        }
        return true;
    }

    /// At once, unless due times are waiting; those a runner settles first.
    private void free(String id, String task) {
        control.edit(new Edit(
                task,
                newest -> newest.filter(row -> id.equals(row.scheduleId())
                                && !row.isProcessing()
                                && !Withdrawal.isPending(row, host.now()))
                        .map(Withdrawal::freed)));
    }

    /// The newest version.
    ///
    /// @throws FreshetException (UNKNOWN_ID) `schedule 'x' not registered`
    public Schedule get(String id) {
        return newest(id).definition().schedule();
    }

    private Document.Good newest(String id) {
        Optional<Document> newest = isName(id) ? definitions.newest(id) : Optional.empty();
        return switch (newest.orElse(null)) {
            case Document.Good good -> good;
            case Document.Bad bad -> throw new FreshetException(ErrorCode.BAD_DEFINITION, bad.fault());
            case Document.Deleted _ -> throw unknown(id);
            case null -> throw unknown(id);
        };
    }

    private static boolean isName(String id) {
        try {
            Shelf.require(id);
            return true;
        } catch (FreshetException _) {
            return false;
        }
    }

    /// The definition as it was written last, with the facts of its creation.
    public JsonNode document(String id) {
        return newest(id).json().deepCopy();
    }

    /// All that can be read, by id, and what is wrong with the others.
    public Listing list() {
        Roster all = roster();
        all.follow(List.of());
        return new Listing(all.definitions().stream().map(Definition::schedule).toList(), all.faults());
    }

    /// Those that are rollups, by id, and what is wrong with the others.
    public Listing rollups() {
        List<Schedule> rollups = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String id : definitions.ids(Shelf.ROLLUPS)) {
            switch (definitions.newest(id).orElse(null)) {
                case Document.Good good -> rollups.add(good.definition().schedule());
                case Document.Bad bad -> faults.add(bad.fault() + "; the rollup is skipped");
                case Document.Deleted _ -> {}
                case null -> {}
            }
        }
        return new Listing(rollups, faults);
    }

    /// Every version there ever was, the oldest first.
    public List<Revision> history(String id) {
        List<Document> all = isName(id) ? definitions.all(id) : List.of();
        if (all.isEmpty() && definition(id).isEmpty()) {
            throw unknown(id);
        }
        return all.stream().map(Schedules::revision).toList();
    }

    private static Revision revision(Document document) {
        return switch (document) {
            case Document.Good good ->
                new Revision(good.number(), false, good.json().deepCopy(), null);
            case Document.Deleted deleted -> new Revision(deleted.number(), true, null, null);
            case Document.Bad bad -> new Revision(bad.number(), false, null, bad.fault());
        };
    }

    Optional<Definition> definition(String id) {
        return definitions.newest(id).flatMap(Schedules::good);
    }

    /// A version that may be an old one; empty if it cannot be read.
    Optional<Schedule> version(String id, long number) {
        return definitions.version(id, number).flatMap(Schedules::good).map(Definition::schedule);
    }

    private static Optional<Definition> good(Document document) {
        return document instanceof Document.Good good ? Optional.of(good.definition()) : Optional.empty();
    }

    /// The kind of work that a schedule of this lake asks for.
    public TaskKind kind(Schedule schedule) {
        return reader.kind(schedule);
    }

    /// The task of a schedule of this lake, such as `ingest:orders`.
    public String task(Schedule schedule) {
        return kind(schedule).taskName(schedule.kind());
    }

    /// Whether the schedule's work is made from the table in that folder.
    boolean follows(Schedule schedule, String table) {
        return kind(schedule).follows(schedule.kind()).filter(table::equals).isPresent();
    }

    /// What messages call the definition with that id: `schedule 'orders'`, `rollup 'usage_hourly'`.
    public static String text(String id) {
        return Shelf.text(id);
    }

    /// Any kind whose tasks are named like this one; a task that there is only one of is named like its role.
    Optional<TaskKind> kindOf(String task) {
        return kinds.stream()
                .filter(kind -> task.equals(kind.role()) || task.startsWith(kind.role() + ":"))
                .findFirst();
    }

    /// File systems differ in whether they tell `A` from `a`, so two ids may not differ by that alone.
    private void requireDistinct(String id) {
        definitions.ids(Shelf.of(id)).stream()
                .filter(other -> other.equalsIgnoreCase(id) && !other.equals(id))
                .findFirst()
                .ifPresent(other -> {
                    throw new FreshetException(
                            ErrorCode.BAD_DEFINITION,
                            Shelf.text(id) + ": its id differs from '" + other
                                    + "' only by upper and lower case; choose another one");
                });
    }

    private FreshetException unknown(String id) {
        String rollup = Shelf.ROLLUPS.id(id);
        boolean meant = isName(rollup)
                && definitions.newest(rollup).flatMap(Schedules::good).isPresent();
        return new FreshetException(
                ErrorCode.UNKNOWN_ID,
                Shelf.text(id) + " not registered" + (meant ? "; did you mean '" + rollup + "'?" : ""));
    }

    private static FreshetException stale(String id, long read, long newest) {
        return new FreshetException(
                ErrorCode.STALE_VERSION,
                Shelf.text(id) + ": version " + read + " is no longer the newest, version " + newest
                        + " is; read it and decide again");
    }

    private static FreshetException taken(String id, String task, String owner) {
        return new FreshetException(
                ErrorCode.DATASET_TAKEN,
                Shelf.text(id) + ": " + task + " belongs to " + Shelf.text(owner)
                        + "; choose another dataset_name, or delete that schedule first");
    }
}
