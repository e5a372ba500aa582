package dev.freshet.schedule;

import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.time.Instant;

/// What every run of a process needs beside its own job.
record Surroundings(Store store, Host host, Pod pod, Ledger ledger, RunListener listener, RunnerOptions options) {
    Instant now() {
        return Spans.micros(host.now());
    }
}
