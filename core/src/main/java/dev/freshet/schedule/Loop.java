package dev.freshet.schedule;

import dev.freshet.control.ControlTable;
import dev.freshet.control.LeaseOutcome;
import dev.freshet.control.ReleaseOutcome;
import dev.freshet.control.RenewOutcome;
import dev.freshet.control.TaskRow;
import dev.freshet.control.TickOutcome;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The one loop of a [Runner]: reads the control table, makes at most one commit to it, hands work to workers,
/// rests. Only the thread that owns `turning` goes round, be it the background thread or one that waits in the
/// foreground; everything not marked otherwise belongs to that thread.
final class Loop {
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final Duration SHORT_SLICE = Duration.ofMillis(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final int MANY_TRIES = 3;
    /// In one commit; whoever has more places comes again soon.
    private static final int MOST_CLAIMS = 100;

    private final Surroundings around;
    private final ControlTable control;
    private final Roster roster;
    private final RunnerOptions options;
    private final Planner planner;
    private final Books books;
    private final Pace pace;
    private final Hands hands = new Hands();
    private final Set<String> warned = new HashSet<>();
    private boolean breather;

    // shared
    private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean turning = new AtomicBoolean();
    private final AtomicBoolean serving = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean awake = new AtomicBoolean();
    private volatile boolean stopped;

    Loop(Surroundings around, ControlTable control, Schedules schedules, RunnerOptions options) {
        this.around = around;
        this.control = control;
        this.roster = schedules.roster();
        this.options = options;
        this.planner = new Planner(around, control, schedules);
        this.books = new Books(around, schedules::version, control::beforeClaim);
        this.pace = new Pace(around.host(), options.poll());
    }

    void add(Wish wish) {
        wishes.add(wish);
        wake();
    }

    void remove(Wish wish) {
        wishes.remove(wish);
    }

    void wake() {
        awake.set(true);
    }

    void serve() {
        if (serving.compareAndSet(false, true)) {
            var _ = around.host().startApart("freshet-runner", this::background);
        }
    }

    private void background() {
        try {
            until(() -> false);
        } catch (FreshetException _) {
            // the only one that gets here says that the runner was closed
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Goes round, or lets another thread do so, until the condition holds.
    ///
    /// @throws FreshetException (CANCELLED) when the runner is closed meanwhile, or what keeps this process from
    ///     beginning any work
    void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (stopped) {
                throw new FreshetException(ErrorCode.CANCELLED, "this process was stopped");
            }
            if (turning.compareAndSet(false, true)) {
                try {
                    round(done);
                } finally {
                    turning.set(false);
                }
            } else {
                around.host().sleep(SLICE);
            }
        }
    }

    private void round(BooleanSupplier done) throws InterruptedException {
        if (stopping.get()) {
            drain();
            return;
        }
        try {
            tick();
        } catch (FreshetException e) {
            if (!serving.get() && hands.isEmpty()) {
                throw e;
            }
            warn(String.valueOf(e.getMessage()));
            pace.failed();
        }
        rest(done);
    }

    /// Whether it is time for another round.
    boolean isTime() {
        return pace.isTime(awake);
    }

    private void rest(BooleanSupplier done) throws InterruptedException {
        while (!isTime() && !isHastened() && !stopping.get() && !done.getAsBoolean()) {
            around.host().sleep(serving.get() ? SLICE : SHORT_SLICE);
            watch();
        }
    }

    /// Whether something happened that somebody here waits for. A process that serves no schedules has no pace
    /// that others should wait for.
    private boolean isHastened() {
        return !serving.get() && awake.get();
    }

    private void tick() {
        tick(serving.get());
    }

    /// One round without the rest.
    ///
    /// @param all whether to serve all schedules, or only what somebody waits for
    void tick(boolean all) {
        watch();
        pace.begin();
        awake.set(false);
        Map<String, TaskRow> rows = new LinkedHashMap<>();
        control.rows().forEach(row -> rows.put(row.task(), row));
        boolean claiming = all && !stopping.get();
        if (claiming || hands.isReleasing()) {
            roster.follow(rows.values());
        }
        Plan plan = planner.plan(rows, hands, stopping.get() ? List.of() : wishes, roster);
        if (claiming) {
            roster.faults().stream().filter(warned::add).forEach(around.listener()::warning);
            planner.addScheduled(plan, rows, roster, hands, breather ? 0 : Math.min(MOST_CLAIMS, free()));
        }
        breather = false;
        int granted = plan.isEmpty() ? 0 : commit(plan, rows);
        boolean more = plan.due() > granted && free() > 0;
        pace.next(rows.values(), claiming, hands, more || wishes.stream().anyMatch(wish -> wish.running() == null));
    }

    /// How many more schedules may run here.
    private long free() {
        return Math.max(0, options.maxRuns() - hands.working());
    }

    /// @return how many claims were granted
    private int commit(Plan plan, Map<String, TaskRow> rows) {
        TickOutcome outcome = control.tick(plan.toTick());
        breather = outcome.tries() > MANY_TRIES;
        outcome.releases().forEach(this::released);
        outcome.renewals().forEach(this::renewed);
        outcome.claims().forEach((task, claim) -> claimed(plan.job(task), claim, rows.get(task)));
        return Math.toIntExact(outcome.claims().values().stream()
                .filter(LeaseOutcome.Granted.class::isInstance)
                .count());
    }

    private void released(String task, ReleaseOutcome outcome) {
        for (Running run : hands.all()) {
            if (run.job().task().equals(task)) {
                switch (outcome) {
                    case ReleaseOutcome.Released _ -> finished(run);
                    case ReleaseOutcome.LeaseLost _ -> {
                        warn(task + ": another process had taken the task before it was released");
                        around.listener().leaseLost(run.lease(), "another process took the task");
                        finished(run);
                    }
                    case ReleaseOutcome.Unknown(var reason) -> warn(task + ": not released yet: " + reason);
                }
            }
        }
    }

    private void finished(Running run) {
        boolean worked = run.ending() instanceof Ending.Release(var _, RunRecord record) && record != null;
        if (!worked) {
            wishes.stream().filter(wish -> run.equals(wish.running())).forEach(Wish::continued);
        }
        hands.finished(run);
        if (run.job().schedule() != null) {
            roster.doubt(run.job().schedule().id());
        }
    }

    private void renewed(String task, RenewOutcome outcome) {
        for (Running run : hands.all()) {
            if (run.job().task().equals(task)) {
                switch (outcome) {
                    case RenewOutcome.Renewed(var lease) -> run.session().renewed(lease);
                    case RenewOutcome.LeaseLost _ -> {
                        warn(task + ": another process had taken the task before its lease was renewed");
                        run.cancel(Cancellation.LEASE_RAN_OUT);
                    }
                    case RenewOutcome.Unknown(var reason) -> warn(task + ": lease not renewed yet: " + reason);
                }
            }
        }
    }

    private void claimed(Job job, LeaseOutcome outcome, @Nullable TaskRow row) {
        switch (outcome) {
            case LeaseOutcome.Granted(var lease) -> {
                around.listener().granted(lease);
                Running run = Running.start(around, job, lease, books, this::wake);
                hands.took(run);
                wishes.stream().filter(wish -> wish.job().equals(job)).forEach(wish -> wish.granted(run));
            }
            case LeaseOutcome.Unknown(var reason) -> {
                hands.unsure(job.task(), row != null && row.isProcessing());
                warn(job.task() + ": nobody could say whether it was claimed: " + reason);
            }
            case LeaseOutcome.HeldBy _, LeaseOutcome.NotDue _ -> {}
        }
    }

    /// Looks after the workers: ends what stalled or lost its lease, lets go of what must be left to expire.
    private void watch() {
        for (Running run : hands.all()) {
            switch (run.ending()) {
                case Ending.Abandon(var why) -> {
                    warn(run.job().task() + ": " + why + "; the lease is left to expire");
                    gaveUp(run, why);
                }
                case Ending.Release _ -> {
                    if (!run.session().mayCommit()) {
                        warn(run.job().task() + ": its lease ran out before it was released; it is left to expire");
                        gaveUp(run, "it ran out before it was released");
                    }
                }
                case null -> {
                    if (!run.session().mayCommit()) {
                        run.cancel(Cancellation.LEASE_RAN_OUT);
                    } else if (run.session().isStalled()) {
                        run.cancel(Cancellation.STALLED);
                    }
                }
            }
        }
    }

    private void gaveUp(Running run, String why) {
        around.listener().leaseLost(run.lease(), why);
        hands.gaveUp(run);
    }

    private void warn(String message) {
        around.listener().warning(message);
    }

    /// Goes round without claims until all work has ended, is handed back, or must be left to expire.
    private void drain() throws InterruptedException {
        roundsFor(options.grace());
        hands.all().forEach(run -> run.cancel(Cancellation.SHUTDOWN));
        roundsFor(LAST_WORDS);
        hands.all().forEach(run -> warn(run.job().task() + ": did not end in time; its lease is left to expire"));
        stopped = true;
    }

    private void roundsFor(Duration time) throws InterruptedException {
        long end = around.host().nanos() + time.toNanos();
        while (!hands.isEmpty() && around.host().nanos() - end < 0) {
            try {
                tick();
            } catch (FreshetException e) {
                warn(String.valueOf(e.getMessage()));
            }
            if (!hands.isEmpty()) {
                around.host().sleep(SLICE);
            }
        }
    }

    void close() {
        stopping.set(true);
        wake();
        try {
            until(() -> stopped);
        } catch (FreshetException _) {
            // stopped by another thread
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
