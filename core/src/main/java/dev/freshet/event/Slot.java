package dev.freshet.event;

import dev.freshet.control.Claim;
import dev.freshet.control.ClaimTerms;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Eviction;
import dev.freshet.control.Lease;
import dev.freshet.control.LeaseOutcome;
import dev.freshet.control.ReleaseOutcome;
import dev.freshet.control.RenewOutcome;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One of the lake's numbered recorder slots, leased as the task `recorder:<slot>`. It gives the lanes of this process
/// numbers that nobody else will make: the claim's fence version times 2^20, plus a count. Slots are used again, so
/// that a table knows few lanes however many processes came and went. All of it is behind one [Mutex].
final class Slot {
    static final String TASKS = "recorder:";

    private static final int BITS = 20;
    private static final ClaimTerms TERMS = (newest, _) -> newest;

    private final ControlTable control;
    private final Host host;
    private final Duration length;
    private final int most;
    private final Set<String> dead;
    private final Mutex mutex;
    /// A claim that may have landed although nobody said so.
    private @Nullable String unsure;

    private @Nullable Lease lease;
    private long count;

    /// @param most slots of the lake; beyond that a process waits for one
    /// @param dead instances that certainly are dead, whose slots are free
    Slot(ControlTable control, Host host, Duration length, int most, Collection<String> dead) {
        this.control = control;
        this.host = host;
        this.length = length;
        this.most = most;
        this.dead = new LinkedHashSet<>(dead);
        this.mutex = new Mutex(host);
    }

    /// Takes a slot, unless it has one.
    void prepare() {
        var _ = mutex.with(this::held);
    }

    /// A number for the next batch, unless one of these is of the slot as it is held now; then that one.
    ///
    /// @param since a version of the table from before the batch was ever put
    /// @throws FreshetException if the lake is out of reach or no slot is free
    Intent intent(Iterable<Intent> earlier, long since) {
        return mutex.with(() -> {
            Lease held = held();
            for (Intent intent : earlier) {
                if (intent.lane().equals(lane(held))
                        && intent.number() >> BITS == held.fence().version()) {
                    return intent;
                }
            }
            return new Intent(lane(held), (held.fence().version() << BITS) + count++, since);
        });
    }

    private static String lane(Lease lease) {
        return "lane:" + lease.task().substring(TASKS.length());
    }

    private Lease held() {
        Lease current = lease;
        if (current != null && count >= 1L << BITS) {
            give();
            current = null;
        }
        if (current != null && current.isRenewalDue(host.nanos())) {
            current = renewed(current);
        }
        if (current == null) {
            current = claim();
            count = 0;
        }
        lease = current;
        return current;
    }

    /// Empty-handed when another process has the slot now. One that nobody took meanwhile is still ours.
    private @Nullable Lease renewed(Lease current) {
        return switch (control.renew(current)) {
            case RenewOutcome.Renewed(var renewed) -> renewed;
            case RenewOutcome.LeaseLost() -> null;
            case RenewOutcome.Unknown(var reason) -> {
                if (current.mayCommit(host.nanos())) {
                    yield current;
                }
                throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, "a recorder's slot is not renewed: " + reason);
            }
        };
    }

    private Lease claim() {
        for (long start = host.nanos(); ; pause()) {
            Map<Integer, TaskRow> slots = slots();
            releaseStray(slots);
            for (int slot = 0; slot < most; slot++) {
                Optional<Lease> granted = isFree(slots.get(slot)) ? claim(slot, slots.get(slot)) : Optional.empty();
                if (granted.isPresent()) {
                    return granted.get();
                }
            }
            if (host.nanos() - start >= length.multipliedBy(2).toNanos()) {
                throw new FreshetException(
                        ErrorCode.LEASE_HELD,
                        "all %d slots of recorders are held by processes that live".formatted(most));
            }
        }
    }

    /// The pause between two looks at the leases of others.
    private void pause() {
        try {
            host.sleep(length.dividedBy(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FreshetException(ErrorCode.CANCELLED, "interrupted while waiting for a recorder's slot", e);
        }
    }

    private Map<Integer, TaskRow> slots() {
        Map<Integer, TaskRow> slots = new TreeMap<>();
        for (TaskRow row : control.rows()) {
            if (row.task().matches(TASKS + "\\d{1,9}")) {
                slots.put(Integer.valueOf(row.task().substring(TASKS.length())), row);
            }
        }
        return slots;
    }

    private boolean isFree(@Nullable TaskRow row) {
        return row == null || !row.isProcessing() || isDead(row) || control.expired(row);
    }

    private boolean isDead(TaskRow row) {
        return row.token() != null && dead.contains(Objects.requireNonNullElse(row.instanceId(), ""));
    }

    private Optional<Lease> claim(int slot, @Nullable TaskRow row) {
        String task = TASKS + slot;
        ClaimTerms terms = row == null ? (newest, _) -> newest.or(() -> Optional.of(fresh(task))) : TERMS;
        Eviction eviction = row != null && row.isProcessing() && isDead(row)
                ? new Eviction(
                        Objects.requireNonNull(row.token()), control.pod().id())
                : null;
        return switch (control.claim(new Claim(task, length, terms, eviction))) {
            case LeaseOutcome.Granted(var granted) -> Optional.of(granted);
            case LeaseOutcome.HeldBy _, LeaseOutcome.NotDue _ -> Optional.empty();
            case LeaseOutcome.Unknown(var reason) -> {
                unsure = task;
                throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, "a recorder's slot is not claimed: " + reason);
            }
        };
    }

    private TaskRow fresh(String task) {
        return TaskRow.idle(task, host.now());
    }

    private void releaseStray(Map<Integer, TaskRow> slots) {
        String task = unsure;
        unsure = null;
        for (TaskRow row : slots.values()) {
            if (row.task().equals(task) && isOwn(row)) {
                control.release(Lease.stray(row, host.nanos()), released -> released);
            }
        }
    }

    private boolean isOwn(TaskRow row) {
        return row.isProcessing()
                && row.token() != null
                && control.pod().instanceId().equals(row.instanceId());
    }

    /// Gives the slot back, if nothing of this process is under way in it.
    void release() {
        mutex.with(() -> {
            give();
            return true;
        });
    }

    private void give() {
        Lease held = lease;
        lease = null;
        if (held != null && control.release(held, row -> row) instanceof ReleaseOutcome.Unknown) {
            unsure = held.task();
        }
    }
}
