package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.host.SettableHost;
import dev.freshet.ingest.PartedSource.Deeds;
import dev.freshet.ingest.PartedSource.ListSession;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several sessions copy one table.
@Timeout(60)
class JointCopyTest {
    private static final Deeds NOTHING = new Deeds() {};

    private final Host host = Host.system();
    private final Store store = new MemoryStore(new SettableHost());
    private final Copies copies = new Copies(store, host);
    private final TestRun run = copies.run(1);

    @Test
    void theDatasetHasTheRowsOfAllPartsOnceInOneCommitWhoeverReadThem() throws Exception {
        PartedSource source = new PartedSource(12, meetFirst(3));
        TaskResult result = copy(source, 3);
        assertThat(copies.rows()).containsExactlyInAnyOrderElementsOf(PartedSource.rows(12));
        assertThat(copies.newest().version()).isZero();
        assertThat(source.sessions()).hasSize(3).allSatisfy(session -> {
            assertThat(session.read()).isNotEmpty();
            assertThat(session.closed()).isTrue();
        });
        assertThat(result.reason()).contains("connections=3 parts=12");
        assertThat(run.rows()).isEqualTo(12);
        assertThat(copies.files())
                .as("at most one of each encoder")
                .hasSizeBetween(1, 3)
                .containsExactlyInAnyOrderElementsOf(copies.committedFiles());
    }

    /// Nobody reads a second row before so many sessions have come to their first.
    private static Deeds meetFirst(int sessions) {
        CyclicBarrier all = new CyclicBarrier(sessions);
        return new Deeds() {
            @Override
            public void read(ListSession session, int row) {
                if (session.read().isEmpty()) {
                    meet(all);
                }
            }
        };
    }

    @Test
    void whatSeveralSessionsMadeToFitIsCountedOnceInAll() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        AtomicReference<TableRequest> asked = new AtomicReference<>();
        PartedSource source = new PartedSource(12, new Deeds() {
            @Override
            public void describe(TableRequest request) {
                asked.set(request);
            }

            @Override
            public void read(ListSession session, int row) {
                if (session.read().isEmpty()) {
                    meet(all);
                }
                Copies.mend(asked.get(), row);
            }
        });
        assertThat(copy(source, 3).reason()).endsWith("; made to fit: 66 of born");
        assertThat(copies.extras().get("made_to_fit")).hasToString("{born=66}");
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whereTheDatabaseHasNoMoreConnectionsFewerDoTheWorkAndTheRunSaysWhy() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        PartedSource source = new PartedSource(5, new Deeds() {
            @Override
            public void open(int session) {
                if (session > 0) {
                    refused.incrementAndGet();
                    throw new FreshetException(ErrorCode.DATABASE_UNREACHABLE, "h has no connection left");
                }
            }

            @Override
            public void read(ListSession session, int row) {
                await(() -> refused.get() == 3);
            }
        });
        TaskResult result = copy(source, 4);
        assertThat(copies.rows()).containsExactlyInAnyOrderElementsOf(PartedSource.rows(5));
        assertThat(result.reason())
                .contains("connections=1 parts=5")
                .contains("4 connections were wanted: h has no connection left");
    }

    @Test
    void whoCannotJoinTheSnapshotReadsNothingAndIsClosed() throws Exception {
        AtomicBoolean tried = new AtomicBoolean();
        PartedSource source = new PartedSource(3, new Deeds() {
            @Override
            public void join(int session) {
                tried.set(true);
                throw new FreshetException(ErrorCode.SOURCE_FAILED, "no such snapshot");
            }

            @Override
            public void read(ListSession session, int row) {
                await(tried::get);
            }
        });
        TaskResult result = copy(source, 2);
        assertThat(copies.rows()).containsExactlyInAnyOrderElementsOf(PartedSource.rows(3));
        assertThat(source.sessions().get(1).read()).isEmpty();
        assertThat(source.sessions().get(1).closed()).isTrue();
        assertThat(result.reason()).contains("no such snapshot");
    }

    @Test
    void oneSessionThatFailsEndsAllOthersWithItsOwnErrorAndLeavesNoFile() {
        RuntimeException broken = new FreshetException(ErrorCode.SOURCE_FAILED, "the server went away");
        AtomicInteger waiting = new AtomicInteger();
        PartedSource source = new PartedSource(9, new Deeds() {
            @Override
            public void read(ListSession session, int row) throws InterruptedException {
                if (session.number() == 2) {
                    await(() -> waiting.get() == 2);
                    throw broken;
                }
                if (session.read().size() == 1) {
                    waiting.incrementAndGet();
                    session.awaitCancel();
                }
            }
        });
        long start = host.nanos();
        assertThatThrownBy(() -> copy(source, 3)).isSameAs(broken);
        checkNothingIsLeft(source, start);
    }

    private void checkNothingIsLeft(PartedSource source, long start) {
        assertThat(Duration.ofNanos(host.nanos() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(source.sessions()).allMatch(ListSession::closed);
        assertThat(copies.files()).isEmpty();
        assertThat(run.table().latest()).isEmpty();
    }

    @Test
    void theFirstSessionThatFailsEndsItsHelpersToo() {
        RuntimeException broken = new FreshetException(ErrorCode.SOURCE_FAILED, "the server went away");
        AtomicInteger waiting = new AtomicInteger();
        PartedSource source = new PartedSource(9, new Deeds() {
            @Override
            public void read(ListSession session, int row) throws InterruptedException {
                if (session.number() == 0) {
                    await(() -> waiting.get() == 2);
                    throw broken;
                }
                waiting.incrementAndGet();
                session.awaitCancel();
            }
        });
        long start = host.nanos();
        assertThatThrownBy(() -> copy(source, 3)).isSameAs(broken);
        checkNothingIsLeft(source, start);
    }

    @Test
    void aCancelledRunEndsAllSessionsAndLeavesNoFile() {
        AtomicInteger waiting = new AtomicInteger();
        PartedSource source = new PartedSource(9, new Deeds() {
            @Override
            public void read(ListSession session, int row) throws InterruptedException {
                if (session.read().size() == 1) {
                    if (waiting.incrementAndGet() == 3) {
                        run.cancel();
                    }
                    session.awaitCancel();
                }
            }
        });
        long start = host.nanos();
        assertThatThrownBy(() -> copy(source, 3))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        checkNothingIsLeft(source, start);
    }

    @Test
    void anEncoderThatFailsEndsAllSessions() {
        AtomicInteger uploads = new AtomicInteger();
        Store full = new InterceptedStore(store) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.UPLOAD && uploads.incrementAndGet() == 1) {
                    throw StoreException.unknown("no space left", null);
                }
                return action.get();
            }
        };
        PartedSource source = new PartedSource(9, meetFirst(3));
        long start = host.nanos();
        assertThatThrownBy(() -> new Copies(full, host).copy(source, kind(3), new TestRun(full, host, "people", 1)))
                .isInstanceOf(StoreException.class);
        checkNothingIsLeft(source, start);
    }

    @Test
    void oneConnectionReadsTheTableWhole() throws Exception {
        PartedSource source = new PartedSource(4, NOTHING);
        assertThat(copy(source, 1).reason()).isNull();
        assertThat(source.sessions()).hasSize(1);
        assertThat(copies.committedFiles()).hasSize(1);
    }

    @Test
    void whatOnlyOneConnectionCanReadIsReadByOneAndWhoAskedForMoreIsTold() throws Exception {
        assertThat(copies.copy(Copies.people(3), kind(4), run).reason())
                .contains("connections=1 of 4: a list is read by one");
        assertThat(copies.copy(Copies.people(3), Copies.strict(), copies.run(2)).reason())
                .isNull();
    }

    @Test
    void allReadersTogetherKeepThePace() throws Exception {
        ObjectNode slow = kind(3).put("max_rows_per_sec", 10);
        long start = host.nanos();
        copies.copy(new PartedSource(13, NOTHING), slow, run);
        assertThat(Duration.ofNanos(host.nanos() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(1300));
    }

    private TaskResult copy(PartedSource source, int connections) throws Exception {
        return copies.copy(source, kind(connections), run);
    }

    private static ObjectNode kind(int connections) {
        return Copies.strict().put("connections", connections);
    }

    private void await(Supplier<Boolean> condition) {
        while (!condition.get()) {
            Thread.onSpinWait();
        }
    }
}
