package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.EditOutcome;
import dev.freshet.control.Eviction;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs work in this process: claims what is due, keeps its leases alive, and releases them when the work has ended
/// and is in the ledger. Any number of runners share a lake. [#start()] lets it serve all schedules in the
/// background; [#runNow] and [#once] work in the foreground with or without that. Safe for use by many threads.
/// Whoever opened it closes it: then nothing new is claimed, and work that does not end within the grace period is
/// handed back.
public final class Runner implements AutoCloseable {
    private static final Duration FOLLOW = Duration.ofSeconds(1);

    private final Surroundings around;
    private final ControlTable control;
    private final Schedules schedules;
    private final Loop loop;

    public Runner(
            Store store,
            Host host,
            ControlTable control,
            Schedules schedules,
            RunnerOptions options,
            RunListener listener) {
        Ledger ledger = new Ledger(store, host, options.logs());
        this.around = new Surroundings(store, host, control.pod(), ledger, listener, options);
        this.control = control;
        this.schedules = schedules;
        this.loop = new Loop(around, control, schedules, options);
    }

    /// Serves all schedules from now on, until closed. A second call does nothing.
    public void start() {
        loop.serve();
    }

    /// One look at the lake and what follows from it for all schedules, by the calling thread.
    void tick() {
        loop.tick(true);
    }

    /// Whether the background service would look at the lake now.
    boolean isTime() {
        return loop.isTime();
    }

    /// Asks for a run of the schedule, by whoever is first, and does not wait for it.
    public void request(String id) {
        requested(schedules.task(schedules.get(id)));
        loop.wake();
    }

    /// Runs the schedule now, due or not, enabled or not: here if no other process is faster, else it waits for the
    /// other's run.
    ///
    /// @param wait whether to wait for another holder; the request stays if not
    /// @return the record of the run that served this request
    /// @throws FreshetException (UNKNOWN_ID, DATASET_TAKEN), (LEASE_HELD) if another process holds the task and
    ///   `wait` is false, or when nobody could say how it ended
    public RunRecord runNow(String id, boolean wait) throws InterruptedException {
        Definition definition = schedules.definition(schedules.get(id).id()).orElseThrow();
        Schedule schedule = definition.schedule();
        String task = schedules.task(schedule);
        RowAlignment alignment = schedules.alignment(task, definition);
        if (alignment.align(control.row(task), around.now()).isEmpty()) {
            throw new FreshetException(
                    ErrorCode.DATASET_TAKEN,
                    "schedule '" + id + "': " + task + " belongs to another schedule; delete one of the two");
        }
        Follower follower = new Follower(around, task, requested(task), FOLLOW);
        Wish wish = new Wish(Job.scheduled(schedule, schedules.kind(schedule)), schedules.terms(task, definition));
        return fulfilled(wish, follower, new Holder(around, wish, wait));
    }

    private Instant requested(String task) {
        return switch (control.request(task)) {
            case EditOutcome.Edited(TaskRow row) when row.requestedAt() != null -> row.requestedAt();
            case EditOutcome.Unknown(var reason) -> throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, reason);
            case EditOutcome.Edited _ -> throw new AssertionError("a request is in the row that it made");
            case EditOutcome.Unchanged _ -> throw new AssertionError("a request is always a change");
        };
    }

    private RunRecord fulfilled(Wish wish, Follower follower, Holder holder) throws InterruptedException {
        loop.add(wish);
        try {
            loop.until(() -> isDone(wish) || (wish.running() == null && (follower.found() || holder.refuses())));
        } finally {
            loop.remove(wish);
        }
        return follower.run().orElseGet(() -> ended(wish));
    }

    /// Does work that belongs to no schedule, as soon as nobody else holds its task. It is never repeated by
    /// another process.
    ///
    /// @param kind of the work
    /// @param definition the work's `kind` object
    /// @param wait whether to wait for another holder to end
    /// @return the record of the run, which may have failed
    /// @throws FreshetException (LEASE_HELD) if another process holds the task and `wait` is false
    public RunRecord once(TaskKind kind, JsonNode definition, boolean wait) throws InterruptedException {
        return once(Job.oneShot(Schedule.unregistered(kind, definition, around.now()), kind), wait);
    }

    /// The same on behalf of a schedule: with the lease, the stall limit and the answer to other writers that it says.
    ///
    /// @param order the work's `kind` object; the schedule's own does not count
    public RunRecord once(TaskKind kind, JsonNode order, Schedule schedule, boolean wait) throws InterruptedException {
        return once(Job.oneShot(schedule.once(kind, order, around.now()), kind), wait);
    }

    private RunRecord once(Job job, boolean wait) throws InterruptedException {
        Wish wish = new Wish(job, (newest, _) -> Optional.of(Claims.oneShot(newest, job.task(), around.now())));
        Holder holder = new Holder(around, wish, wait);
        loop.add(wish);
        try {
            loop.until(() -> isDone(wish) || holder.refuses());
        } finally {
            loop.remove(wish);
        }
        return ended(wish);
    }

    /// Takes a task from the claim that holds it, whether its holder is alive or not, and settles what that one did:
    /// its commit is adopted, its record stands, anything else is lost. Then any process may claim the task. A holder
    /// that is alive can commit nothing more and learns of it at its next renewal.
    ///
    /// @param held the row of the holder; one that holds the task no more is left alone
    /// @return the run of the former holder as the ledger has it; empty if it had not begun any
    /// @throws FreshetException (OUTCOME_UNKNOWN) when nobody could say how it ended; then the task is free within
    ///   one lease
    public Optional<RunRecord> evict(TaskRow held, String by) throws InterruptedException {
        Eviction eviction = new Eviction(tokenOf(held), by);
        Job job = schedules
                .settling(held)
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNSUPPORTED, held.task() + ": this Freshet knows no such kind of task"));
        Wish wish = Wish.toEvict(job, eviction);
        loop.add(wish);
        try {
            loop.until(() -> isDone(wish) || wish.isMoot());
        } finally {
            loop.remove(wish);
        }
        requireSettled(wish, held);
        return around.ledger().runs(held.task()).stream()
                .filter(run -> run.outcome().ran() && run.runId().equals(eviction.token()))
                .findFirst();
    }

    private static String tokenOf(TaskRow held) {
        String token = held.token();
        if (token == null || held.fence() == null) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED, held.task() + " is held by " + held.podId() + ", which is no Freshet");
        }
        return token;
    }

    private void requireSettled(Wish wish, TaskRow held) {
        Running running = wish.running();
        if (running != null && running.ending() instanceof Ending.Abandon(var why)) {
            throw unsettled(held.task(), why);
        }
        boolean unreleased = control.row(held.task())
                .filter(TaskRow::isProcessing)
                .filter(row -> around.pod().instanceId().equals(row.instanceId()))
                .isPresent();
        if (unreleased) {
            throw unsettled(held.task(), "the store gave no answer in time");
        }
    }

    private static FreshetException unsettled(String task, String why) {
        return new FreshetException(
                ErrorCode.OUTCOME_UNKNOWN,
                task + " was taken from its holder, but what that one did is not settled: " + why
                        + "; whoever takes the task when this lease has expired will find out");
    }

    private static boolean isDone(Wish wish) {
        Running running = wish.running();
        return running != null && running.isDone();
    }

    private static RunRecord ended(Wish wish) {
        @Nullable Running running = wish.running();
        if (running == null || running.ending() == null) {
            throw new FreshetException(
                    ErrorCode.CANCELLED, wish.job().task() + ": stopped before it could begin or end");
        }
        return switch (running.ending()) {
            case Ending.Release(var _, RunRecord run) when run != null -> run;
            case Ending.Release _ -> throw new AssertionError("a wish ends with a run of its own");
            case Ending.Abandon(var why) ->
                throw new FreshetException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        wish.job().task() + ": nobody can say yet how the run ended: " + why
                                + "; whoever takes the task next will find out");
        };
    }

    /// Ends the background service and every run; idempotent.
    @Override
    public void close() {
        loop.close();
    }
}
