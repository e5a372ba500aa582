package dev.freshet.table;

/// What a task's commit does when another writer changed the table's data since the task's last commit.
public enum OnForeignCommit {
    /// Commit all the same.
    PROCEED,
    /// Fail with a message that names the foreign commit.
    REFUSE
}
