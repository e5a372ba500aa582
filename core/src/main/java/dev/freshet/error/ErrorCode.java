package dev.freshet.error;

/// What went wrong, as a closed list that a caller, a user and a log search can rely on. Each code belongs to one
/// [Kind], and the kind decides how a command exits and how a service answers.
public enum ErrorCode {
    /// A command, option or argument makes no sense.
    BAD_USAGE(Kind.USAGE),
    /// A definition (a schedule, say) is malformed or out of bounds.
    BAD_DEFINITION(Kind.USAGE),
    /// The named thing does not exist.
    UNKNOWN_ID(Kind.USAGE),
    /// Another schedule owns the dataset.
    DATASET_TAKEN(Kind.USAGE),
    /// The definition changed since it was read.
    STALE_VERSION(Kind.USAGE),
    /// A definition holds a secret where only a reference may stand.
    SECRET_REFUSED(Kind.USAGE),
    /// A reference to a secret leads nowhere.
    SECRET_MISSING(Kind.USAGE),

    /// The lake's store does not answer, or refuses.
    LAKE_UNREACHABLE(Kind.UNREACHABLE),
    /// The source database does not answer, or refuses the login.
    DATABASE_UNREACHABLE(Kind.UNREACHABLE),

    /// Another process holds the task's lease.
    LEASE_HELD(Kind.HELD),

    /// The source has no such table.
    TABLE_MISSING(Kind.WORK),
    /// The source's user may not read the table.
    GRANT_MISSING(Kind.WORK),
    /// A value does not fit the type of its column.
    VALUE_MISFIT(Kind.WORK),
    /// The source failed while it was being read.
    SOURCE_FAILED(Kind.WORK),
    /// A replica took away what was being read, to go on itself.
    SOURCE_CONFLICT(Kind.WORK),
    /// A table of the lake exists but cannot be read.
    TABLE_UNREADABLE(Kind.WORK),
    /// A newer holder of the task has raised the fence.
    FENCED(Kind.WORK),
    /// Another writer changed the dataset, and its policy refuses to overwrite that.
    FOREIGN_COMMIT(Kind.WORK),
    /// Another commit came first and the work cannot be decided again.
    CONFLICT(Kind.WORK),
    /// The store did not say whether a commit arrived.
    OUTCOME_UNKNOWN(Kind.WORK),
    /// A query failed.
    QUERY_FAILED(Kind.WORK),
    /// The work made no progress for its stall limit.
    STALLED(Kind.WORK),
    /// The work was cancelled.
    CANCELLED(Kind.WORK),
    /// Something in the lake contradicts itself.
    CORRUPT(Kind.WORK),
    /// A migration would drop what the rollup that takes its place does not hold yet.
    NOT_ROLLED_UP(Kind.WORK),
    /// What a checkpoint holds was made by another definition, or in another form.
    INCOMPATIBLE_STORAGE(Kind.WORK),
    /// The lake holds something that this version cannot handle.
    UNSUPPORTED(Kind.WORK),
    /// A fault of Freshet's own.
    INTERNAL(Kind.WORK);

    private final Kind kind;

    ErrorCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The four families of failure; a command exits with 2, 3, 4 and 1, in this order.
    public enum Kind {
        /// What was asked for is wrong; asking again cannot help.
        USAGE,
        /// A lake or a database is out of reach; asking later may help.
        UNREACHABLE,
        /// Another process is doing it.
        HELD,
        /// The work itself failed.
        WORK
    }
}
