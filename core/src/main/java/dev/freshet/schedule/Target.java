package dev.freshet.schedule;

import dev.freshet.table.OnForeignCommit;

/// The table that a task owns, the role it has there, and what it does about other writers.
record Target(String role, String path, OnForeignCommit onForeignCommit) {}
