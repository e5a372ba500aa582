package dev.freshet.event;

/// What Freshet records of its own life, as the type of an event in the table [Event#DEFAULT_TABLE]. docs/events.md
/// explains each.
public enum EventType {
    SCHEDULE_FIRED("schedule.fired"),
    SCHEDULE_SKIPPED("schedule.skipped"),
    SCHEDULE_MISSED("schedule.missed"),
    RUN_STARTED("run.started"),
    RUN_SUCCEEDED("run.succeeded"),
    RUN_UNCHANGED("run.unchanged"),
    RUN_FAILED("run.failed"),
    RUN_LOST("run.lost"),
    RUN_RESUMED("run.resumed"),
    LEASE_GRANTED("lease.granted"),
    LEASE_LOST("lease.lost"),
    LEASE_RECLAIMED("lease.reclaimed"),
    DATASET_COMMITTED("dataset.committed"),
    ROLLUP_WINDOW("rollup.window"),
    BACKFILL_SLICE("backfill.slice"),
    CHECKPOINT_COMMITTED("checkpoint.committed"),
    CHECKPOINT_COLLECTED("checkpoint.collected"),
    MAINTENANCE_DONE("maintenance.done"),
    MIGRATION_APPLIED("migration.applied"),
    CONFIGURATION_CHANGED("configuration.changed");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /// As it is stored: `run.started`.
    public String text() {
        return text;
    }
}
