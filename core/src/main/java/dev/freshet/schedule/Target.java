package dev.freshet.schedule;

import dev.freshet.table.OnForeignCommit;

/// The table that a task owns, the role it has there, what it does about other writers, and whether it makes the
/// table.
record Target(String role, String path, OnForeignCommit onForeignCommit, boolean made) {}
