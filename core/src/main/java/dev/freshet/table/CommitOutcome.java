package dev.freshet.table;

/// What became of a commit that was decided on the newest snapshot. `Unknown` is an answer: the commit may have
/// landed or may still land, so the caller stops and does not release its lease.
public sealed interface CommitOutcome {
    /// The commit is the table's version.
    record Committed(long version, String commitId) implements CommitOutcome {}

    /// Nothing was written: the state does not allow it, or others were faster for too long.
    record Conflict(String reason) implements CommitOutcome {}

    /// Nothing was written: somebody holds a higher fence.
    record Fenced(Fence theirs) implements CommitOutcome {}

    /// Nothing was written: an earlier commit settled this run already. `mark` is that commit's, `version` its
    /// number.
    record Adopted(Mark mark, long version) implements CommitOutcome {}

    /// Whether it was written is not known.
    record Unknown(String reason) implements CommitOutcome {}
}
