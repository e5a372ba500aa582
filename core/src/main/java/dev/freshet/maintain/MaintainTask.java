package dev.freshet.maintain;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.maintain.Maintained.Files;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoreTime;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.CommittedChange;
import dev.freshet.table.DeadFiles;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Mark;
import dev.freshet.table.OldRows;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One turn of maintenance on one table: what killed processes left unfinished goes; rows that are too old go, before
/// they could be copied; then small files are joined, the log is cleaned, and dead files are deleted. Each is a commit,
/// or several, of its own, and may be the last one of this process: whoever comes next finds in the table what is left
/// to do.
final class MaintainTask implements Task {
    private static final Logger LOG = LoggerFactory.getLogger(MaintainTask.class);

    private final Rules rules;
    private final Consumer<Maintained> report;

    /// @param report told what was done, if the turn came to its end
    MaintainTask(Rules rules, Consumer<Maintained> report) {
        this.rules = rules;
        this.report = report;
    }

    @Override
    public TaskResult run(RunContext context) {
        DeltaTable table =
                DeltaTable.withoutUpkeep(context.store(), rules.folder().path(), context.host());
        Instant now = StoreTime.now(context.store());
        sweep(context, now);
        Optional<Snapshot> target = table.latest().filter(Snapshot::hasColumns);
        if (target.isEmpty()) {
            return TaskResult.unchanged(rules.folder().name() + ": there is no such table");
        }
        Turn turn = new Turn(context, table, now, target.get());
        turn.expire();
        turn.join();
        turn.clean();
        turn.deleteDead();
        report.accept(turn.done);
        return turn.result();
    }

    /// What is unfinished belongs to no version, so it needs no lease and no commit. What cannot be removed is left for
    /// the next turn.
    private void sweep(RunContext context, Instant now) {
        try {
            int swept = 0;
            for (String folder : rules.folder().swept()) {
                swept += context.store().sweep(folder, now);
            }
            if (swept > 0) {
                LOG.info("{}: removed {} files that killed processes left unfinished", context.task(), swept);
            }
        } catch (StoreException e) {
            LOG.warn("{}: what killed processes left unfinished stays: {}", context.task(), e.getMessage());
        }
    }

    /// One run of it.
    private final class Turn {
        private final RunContext context;
        private final DeltaTable table;
        private final Instant now;
        private Maintained done;
        private Map<String, Object> extras;
        private @Nullable Long dataVersion;
        private long rows;
        private long deleted;

        Turn(RunContext context, DeltaTable table, Instant now, Snapshot target) {
            this.context = context;
            this.table = table;
            this.now = now;
            this.done = Maintained.nothingOf(rules.folder().name(), target);
            this.extras = Mark.in(target, MaintainKind.ROLE).map(Mark::extras).orElse(Map.of());
        }

        void expire() {
            Optional<OldRows> old = rules.oldRows(newest(), now);
            if (old.isEmpty() || old.get().files(newest()).isEmpty()) {
                return;
            }
            extras =
                    Map.of(CommittedChange.RETAINED_FROM, retainedFrom(old.get().before()));
            Files[] removed = {Files.NONE};
            Optional<Long> version = committed(snapshot -> {
                removed[0] = MaintainPlan.files(old.get().files(snapshot));
                return old.get().change(snapshot);
            });
            if (version.isPresent()) {
                dataVersion = version.get();
                done = done.withExpired(removed[0]);
                happened("retention", removed[0]);
            }
        }

        /// From when on rows are complete, which only moves forward. It stays in the table's mark.
        private String retainedFrom(Instant before) {
            return Optional.ofNullable(extras.get(CommittedChange.RETAINED_FROM))
                    .map(known -> Instant.parse(known.toString()))
                    .filter(known -> known.isAfter(before))
                    .orElse(before)
                    .toString();
        }

        void join() {
            Snapshot snapshot = newest();
            rules.refusal(snapshot).ifPresent(why -> {
                LOG.warn("{}", why);
                done = done.withRefusal(why);
            });
            new Joining(context, snapshot, rules.output(snapshot), this::committed)
                    .join(rules.groups(snapshot), (files, into) -> {
                        done = done.withJoined(MaintainPlan.files(files), into.size());
                        rows += Joining.rows(into);
                        happened("optimize", MaintainPlan.files(files));
                    });
        }

        void clean() {
            done = done.withCleaned(table.clean(rules.logs(), rules.needed()));
            if (done.versions() > 0) {
                context.happened(EventType.MAINTENANCE_DONE, told("log", Map.of("versions", done.versions())));
            }
        }

        /// Nothing is deleted by a holder who may not commit: the marker bears its fence.
        void deleteDead() {
            DeadFiles dead = table.dead(rules.terms().logs().files(), rules.needed(), now);
            if (dead.count() == 0) {
                return;
            }
            Optional<Long> marked = committed(dead::marker);
            if (marked.isPresent()) {
                dead.delete(context.store(), () -> {
                    Joining.requireGoingOn(context);
                    context.progress(rows, ++deleted);
                });
                done = done.withDead(new Files(dead.count(), dead.bytes()));
                happened("vacuum", done.dead());
            }
        }

        private void happened(String what, Files files) {
            Map<String, Object> details = told(what, Map.of());
            details.put("files", files.count());
            details.put("bytes", files.bytes());
            context.happened(EventType.MAINTENANCE_DONE, details);
        }

        private Map<String, Object> told(String what, Map<String, Object> more) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("table", rules.folder().name());
            details.put("what", what);
            details.putAll(more);
            return details;
        }

        private Snapshot newest() {
            return table.latest()
                    .orElseThrow(() ->
                            new FreshetException(ErrorCode.TABLE_UNREADABLE, "table " + table.path() + " is gone"));
        }

        /// The version, if it was committed. Where others were faster, a later turn does it.
        private Optional<Long> committed(Function<Snapshot, Optional<Change>> change) {
            CommitOutcome outcome = context.step(newest -> newest.flatMap(change), context.startedFrom(), extras);
            return switch (outcome) {
                case CommitOutcome.Committed(var version, var _) -> Optional.of(version);
                case CommitOutcome.Conflict(var reason) -> {
                    LOG.info("{}: {}", context.task(), reason);
                    yield Optional.empty();
                }
                case CommitOutcome.Fenced(var theirs) ->
                    throw new FreshetException(
                            ErrorCode.FENCED, context.task() + ": a newer run holds the fence " + theirs);
                case CommitOutcome.Unknown(var reason) ->
                    throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, context.task() + ": " + reason);
                case CommitOutcome.Adopted _ -> throw new AssertionError("a step settles nothing");
            };
        }

        /// The version is that of a commit that changed rows. The ledger says what was done, and why something was not.
        TaskResult result() {
            long bytes =
                    done.joined().bytes() + done.expired().bytes() + done.dead().bytes();
            TaskResult result = done.isNothing()
                    ? TaskResult.unchanged(done.text())
                    : new TaskResult(Outcome.SUCCEEDED, rows, bytes, dataVersion, done.text());
            String refusal = done.refusal();
            if (refusal != null) {
                return result.because(refusal);
            }
            return done.isNothing() ? result : result.because(done.counts());
        }
    }
}
