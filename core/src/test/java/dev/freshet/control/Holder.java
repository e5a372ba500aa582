package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.CommitOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// A process that holds a task, and commits, renews or releases whenever it is told to, whatever it believes about
/// its lease: so that only the tables can stop it.
final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
        Host host = Host.system();
        try (Store store = LocalStore.open(Path.of(args[0]))) {
            ControlTable table = new ControlTable(store, host, Pod.named("holder", host));
            Targets targets = new Targets(store, host);
            LeaseOutcome.Granted claim =
                    (LeaseOutcome.Granted) table.tryClaim("ingest:orders", Duration.ofMillis(Long.parseLong(args[1])));
            Lease lease = claim.lease();
            System.out.println("holding " + lease.token());
            for (int word = System.in.read(); word >= 0; word = System.in.read()) {
                switch (word) {
                    case 'c' -> System.out.println(said(targets.commit(lease)));
                    case 'h' -> System.out.println(table.renew(lease).getClass().getSimpleName());
                    case 'r' ->
                        System.out.println(table.release(lease, Duration.ofHours(1))
                                .getClass()
                                .getSimpleName());
                    default -> {}
                }
            }
        }
    }

    private static String said(CommitOutcome outcome) {
        return outcome.getClass().getSimpleName();
    }
}
