package dev.freshet.control;

import dev.freshet.host.Host;
import java.util.Optional;
import java.util.function.Predicate;

/// Which schedule a task's dataset belongs to.
final class Ownership {
    private Ownership() {}

    /// Takes what is free, and what a schedule left that no longer exists.
    static Edit of(String task, String scheduleId, Predicate<String> exists, Host host) {
        return new Edit(task, newest -> {
            TaskRow row = newest.orElseGet(() -> TaskRow.idle(task, host.now()));
            return mayTake(row, scheduleId, exists) ? Optional.of(taken(row, scheduleId)) : Optional.empty();
        });
    }

    /// What the former owner's due times are goes with the row until they are settled.
    private static TaskRow taken(TaskRow row, String scheduleId) {
        String former = row.definitionVersion() == null || scheduleId.equals(row.definedBy()) ? null : row.definedBy();
        return row.with().scheduleId(scheduleId).formerScheduleId(former).build();
    }

    private static boolean mayTake(TaskRow row, String scheduleId, Predicate<String> exists) {
        String owner = row.scheduleId();
        return owner == null || owner.equals(scheduleId) || !exists.test(owner);
    }
}
