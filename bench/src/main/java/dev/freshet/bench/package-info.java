/// Load runs, started by `bench/run`; never part of the tests. They drive the command as a user does and print what
/// they measured as one JSON object. Entry: [MemoryRun].
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
