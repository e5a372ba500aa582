package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.mark;
import static dev.freshet.table.Samples.paths;
import static dev.freshet.table.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a commit says when the store did not say whether it took the put.
class LostReplyTest {
    private static final Instant DUE = Instant.parse("2026-01-01T06:00:00Z");

    private final SettableHost host = new SettableHost();
    private final MemoryStore memory = new MemoryStore(host);
    private final ScriptedPuts store = new ScriptedPuts(memory);
    private final DeltaTable table = new DeltaTable(store, TABLE, host);

    /// What happens to one put.
    private enum Fate {
        FINE,
        LOST_REPLY,
        LOST_PUT,
        LATE
    }

    @Test
    void aLostReplyIsFoundToBeCommitted() {
        store.fates.add(Fate.LOST_REPLY);
        assertThat(table.commit(always(append("a")))).isInstanceOf(CommitOutcome.Committed.class);
        store.fates.add(Fate.LOST_REPLY);
        assertThat(table.appendBlindly(append("b"))).isEqualTo(1);
        assertThat(paths(newest())).containsExactly("a", "b");
    }

    @Test
    void aLostPutIsRepeatedWithTheSameBytes() {
        store.fates.add(Fate.LOST_PUT);
        store.fates.add(Fate.LOST_PUT);
        assertThat(table.commit(always(append("a")))).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(paths(newest())).containsExactly("a");
    }

    @Test
    void aPutThatArrivesAfterItsErrorCannotHurt() {
        store.fates.add(Fate.LATE);
        CommitOutcome outcome = table.commit(always(append("a")));
        store.arrive();
        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(0, newest().commitId()));
        assertThat(table.commit(always(append("b")))).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(paths(newest())).containsExactly("a", "b");
    }

    @Test
    void aLostReplyOfAPutThatLostTheRaceIsAConflictToDecideAgain() {
        assertThat(table.commit(always(append("a")))).isInstanceOf(CommitOutcome.Committed.class);
        store.fates.add(Fate.LOST_PUT);
        store.beforePut = Optional.of(() -> new DeltaTable(memory, TABLE, host).commit(always(replace("rival"))));
        CommitOutcome outcome = table.commit(always(append("mine")));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        CommitOutcome.Committed.class,
                        committed -> assertThat(committed.version()).isEqualTo(2));
        assertThat(paths(newest())).containsExactly("mine", "rival");
    }

    @Test
    void aStoreThatNeverAnswersMakesTheOutcomeUnknown() {
        store.rest = Fate.LOST_PUT;
        assertThat(table.commit(always(append("a")))).isInstanceOf(CommitOutcome.Unknown.class);
        assertThatThrownBy(() -> table.appendBlindly(append("a")))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    @Test
    void anUnknownRunThatTheStateHoldsIsCommitted() {
        store.rest = Fate.LOST_REPLY;
        store.putsWithoutAnswer = true;
        CommitOutcome outcome = new FencedWrite(host)
                .commit(
                        table,
                        mark(1, "run-a", DUE, "1"),
                        Position.none(),
                        OnForeignCommit.REFUSE,
                        newest -> replace("a"));
        assertThat(outcome).isEqualTo(new CommitOutcome.Committed(0, newest().commitId()));
    }

    @Test
    void anEarlierStepOfTheSameRunDoesNotProveTheUnknownOne() {
        FencedWrite fenced = new FencedWrite(host);
        Mark first = mark(1, "run-a", DUE, "1");
        assertThat(fenced.commit(table, first, Position.none(), OnForeignCommit.REFUSE, newest -> replace("a")))
                .isInstanceOf(CommitOutcome.Committed.class);
        store.rest = Fate.LOST_PUT;
        Mark second = mark(1, "run-a", DUE.plusSeconds(1), "2");
        assertThat(fenced.commit(table, second, first.position(), OnForeignCommit.REFUSE, newest -> replace("b")))
                .isInstanceOf(CommitOutcome.Unknown.class);
    }

    @Test
    void anUnknownRunThatTheStateDoesNotHoldStaysUnknown() {
        store.rest = Fate.LOST_PUT;
        CommitOutcome outcome = new FencedWrite(host)
                .commit(
                        table,
                        mark(1, "run-a", DUE, "1"),
                        Position.none(),
                        OnForeignCommit.REFUSE,
                        newest -> replace("a"));
        assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
    }

    private Snapshot newest() {
        return new DeltaTable(memory, TABLE, host).latest().orElseThrow();
    }

    /// A store whose commits meet these fates in order, and then the rest.
    private static final class ScriptedPuts extends InterceptedStore {
        private final Queue<Fate> fates = new ArrayDeque<>();
        private final Queue<Supplier<?>> under = new ArrayDeque<>();
        private Fate rest = Fate.FINE;
        private Optional<Supplier<?>> beforePut = Optional.empty();
        private boolean putsWithoutAnswer;
        private boolean applied;

        ScriptedPuts(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation != Operation.PUT) {
                return action.get();
            }
            Optional<Supplier<?>> before = beforePut;
            beforePut = Optional.empty();
            before.ifPresent(ScriptedPuts::run);
            return meet(action);
        }

        /// Without an answer: the first put arrives, and no put ever says anything.
        private <T> T meet(Supplier<T> action) {
            Fate fate = fates.isEmpty() ? rest : fates.remove();
            if (fate == Fate.FINE) {
                return action.get();
            }
            if (fate == Fate.LATE) {
                under.add(action);
            }
            if (fate == Fate.LOST_REPLY && !(putsWithoutAnswer && applied)) {
                applied = true;
                run(action);
            }
            throw StoreException.unknown("no answer", null);
        }

        private static void run(Supplier<?> action) {
            var _ = action.get();
        }

        void arrive() {
            under.forEach(ScriptedPuts::run);
            under.clear();
        }
    }
}
