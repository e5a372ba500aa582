package dev.freshet.control;

import dev.freshet.control.RenewOutcome.LeaseLost;
import dev.freshet.control.RenewOutcome.Renewed;
import dev.freshet.host.Guard;
import java.util.Optional;

/// A sign of life.
record Renewal(Lease lease) {
    Verdict<RenewOutcome> on(Optional<TaskRow> row, Moment moment) {
        return row.filter(held -> held.isHeldBy(lease.token())
                        || (held.isProcessing() && !moment.keeps().test(Guard.TOKEN)))
                .map(held -> renew(held, moment))
                .orElseGet(() -> Verdict.leave(new LeaseLost()));
    }

    private Verdict<RenewOutcome> renew(TaskRow held, Moment moment) {
        TaskRow row = held.with().heartbeat(held.heartbeat() + 1).build();
        return Verdict.write(row, new Renewed(lease.renewed(row, moment.nanos())));
    }
}
