package dev.freshet.cli;

import dev.freshet.Backfill;
import dev.freshet.Freshet;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.rollup.BackfillPlan;
import dev.freshet.rollup.RollupCheck;
import dev.freshet.schedule.RunRecord;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rollup of the shop's facts: its history month by month, then what changed, then the proof that it is right.
final class DemoRollup {
    private static final String NAME = "task_usage_hourly";
    private static final String ID = "rollup:" + NAME;
    private static final int DAY = "2026-01-01".length();

    private final Session session;
    private final Freshet freshet;

    DemoRollup(Session session, Freshet freshet) {
        this.session = session;
        this.freshet = freshet;
    }

    /// Defines the rollup and computes it for the first time; where that was done already, brings it up to date.
    int begin() throws InterruptedException {
        freshet.apply(DemoSchedules.rollup(), false);
        BackfillPlan plan = freshet.rollups().plan(NAME, Backfill.ALL);
        boolean first = freshet.rollups().list().rollups().stream()
                .filter(view -> view.status().name().equals(NAME))
                .allMatch(view -> view.status().processedVersion().isEmpty());
        RunRecord run = freshet.run(ID, true, session.progress());
        if (first) {
            say("%s: %s rows from %s facts, month by month, %s slices from %s to %s"
                    .formatted(
                            NAME,
                            Sizes.count(run.rows() == null ? 0 : run.rows()),
                            Sizes.count(plan.facts()),
                            plan.slices().size(),
                            day(plan.from()),
                            day(plan.to())));
            showCheckpoints();
        }
        return new RunReport(session).complain(run);
    }

    /// What another process would have gone on from, had this one been killed.
    private void showCheckpoints() {
        for (Checkpoint checkpoint : freshet.checkpoints(ID).list()) {
            say("  checkpoint %s: %d slices done, %s, %s rows"
                    .formatted(
                            checkpoint.id(),
                            Objects.requireNonNullElse(checkpoint.steps(), 0L),
                            checkpoint.identifier(),
                            Sizes.count(Objects.requireNonNullElse(checkpoint.processedRecords(), 0L))));
        }
        say("  each slice left one, the newest are kept: after a kill -9 the next process does only what is left"
                + " (freshet checkpoint list " + ID + ")");
    }

    private static String day(@Nullable Instant instant) {
        return String.valueOf(instant).substring(0, DAY);
    }

    /// The copy of the facts has requested the rollup: runs it and compares it with its recomputation.
    int follow() throws InterruptedException {
        boolean requested = freshet.task(ID).hasRequest();
        int exit = new RunReport(session).complain(freshet.run(ID, true, session.progress()));
        RollupCheck check = freshet.rollups().verify(NAME);
        say("%s: %s; verified against version %d of its facts: %s rows, %s"
                .formatted(
                        NAME,
                        requested ? "requested by the copy of its facts and brought up to date" : "brought up to date",
                        check.factsVersion(),
                        Sizes.count(check.rows()),
                        check.equal() ? "equal" : "NOT EQUAL"));
        check.examples().forEach(this::say);
        return check.equal() ? exit : ExitCode.FAILED;
    }

    private void say(String text) {
        session.log().say(text);
    }
}
