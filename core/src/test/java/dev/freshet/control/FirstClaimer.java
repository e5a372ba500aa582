package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A process that claims a task of a lake that does not exist yet, at the moment it is told to.
final class FirstClaimer {
    private FirstClaimer() {}

    public static void main(String[] args) throws IOException {
        Host host = Host.system();
        try (Store store = LocalStore.open(Path.of(args[0]))) {
            ControlTable table = new ControlTable(store, host, Pod.named(args[1], host));
            System.out.println("ready");
            if (System.in.read() >= 0) {
                System.out.println(said(table.tryClaim("ingest:orders", Duration.ofMinutes(1))));
            }
        }
    }

    private static String said(LeaseOutcome outcome) {
        return switch (outcome) {
            case LeaseOutcome.Granted(var lease) -> "granted " + lease.token();
            case LeaseOutcome.HeldBy held -> "held by " + held.podId();
            case LeaseOutcome.NotDue _ -> "not due";
            case LeaseOutcome.Unknown(var reason) -> "unknown: " + reason;
        };
    }
}
