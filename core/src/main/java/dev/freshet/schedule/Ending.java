package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a worker ended, and so what happens to its lease.
sealed interface Ending {
    /// Everything is resolved and in the ledger.
    ///
    /// @param change what the row says from now on
    /// @param run the record of this lease's own run; null when it only settled what others left
    record Release(UnaryOperator<TaskRow> change, @Nullable RunRecord run) implements Ending {}

    /// Something is unresolved: nobody may take the task before the lease expires.
    record Abandon(String why) implements Ending {}
}
