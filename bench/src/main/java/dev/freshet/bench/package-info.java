/// Load runs, started by `bench/run`; never part of the tests. They drive the command as a user does and print what
/// they measured as one JSON object. Entries: [MemoryRun], [ControlRun], [JmhRun].
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
