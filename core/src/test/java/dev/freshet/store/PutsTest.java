package dev.freshet.store;

import static dev.freshet.store.StoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);

    @Test
    void aLostReplyIsResolvedByPuttingTheSameBytesAgain() {
        Puts puts = new Puts(scripted(Step.LOSE_REPLY), host, DEADLINE);
        assertThat(puts.put("0.json", bytes("ours"))).isEqualTo(PutAnswer.CREATED);
    }

    @Test
    void aFailureBeforeThePutIsRepaired() {
        Puts puts = new Puts(scripted(Step.FAIL, Step.FAIL), host, DEADLINE);
        assertThat(puts.put("0.json", bytes("ours"))).isEqualTo(PutAnswer.CREATED);
        assertThat(lake.read("0.json")).isEqualTo(bytes("ours"));
    }

    @Test
    void anotherWritersNameIsAnotherWriters() {
        lake.putIfAbsent("0.json", bytes("theirs"));
        Puts puts = new Puts(scripted(Step.FAIL), host, DEADLINE);
        assertThat(puts.put("0.json", bytes("ours"))).isEqualTo(PutAnswer.EXISTS);
    }

    @Test
    void aPutThatArrivesAfterItsErrorCannotHurt() {
        FaultyStore faulty = new FaultyStore(lake, host, new Random(1), new Faults(0, 0, 1, 0, Duration.ZERO));
        assertThat(new Puts(faulty, host, Duration.ZERO).put("0.json", bytes("ours")))
                .isEqualTo(PutAnswer.UNKNOWN);
        assertThat(lake.stat("0.json")).isEmpty();
        faulty.faults(Faults.none());
        assertThat(new Puts(faulty, host, DEADLINE).put("0.json", bytes("theirs")))
                .isEqualTo(PutAnswer.CREATED);
        faulty.arrive();
        assertThat(lake.read("0.json")).isEqualTo(bytes("theirs"));
    }

    @Test
    void aStoreThatStaysSilentLeavesTheOutcomeUnknown() {
        FaultyStore silent = new FaultyStore(lake, host, new Random(1), new Faults(1, 0, 0, 0, Duration.ZERO));
        long start = host.nanos();
        assertThat(new Puts(silent, host, DEADLINE).put("0.json", bytes("ours")))
                .isEqualTo(PutAnswer.UNKNOWN);
        assertThat(Duration.ofNanos(host.nanos() - start)).isBetween(DEADLINE, DEADLINE.plusSeconds(3));
    }

    @Test
    void aRefusedFirstPutIsAnErrorBecauseNothingWasWritten() {
        Puts puts = new Puts(scripted(Step.REFUSE), host, DEADLINE);
        assertThatThrownBy(() -> puts.put("0.json", bytes("ours")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("refused");
        assertThat(host.nanos()).isZero();
    }

    @Test
    void aRefusalAfterALostReplyDoesNotHideThatThePutMayHaveArrived() {
        Puts puts = new Puts(scripted(Step.LOSE_REPLY, Step.REFUSE), host, DEADLINE);
        assertThat(puts.put("0.json", bytes("ours"))).isEqualTo(PutAnswer.CREATED);
    }

    @Test
    void aNameThatWasCleanedAwayMeanwhileIsNobodysAnswer() {
        lake.putIfAbsent("0.json", bytes("somebody's"));
        Store cleaning = new InterceptedStore(lake) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                T result = action.get();
                lake.delete(key);
                return result;
            }
        };
        assertThat(new Puts(cleaning, host, DEADLINE).put("0.json", bytes("ours")))
                .isEqualTo(PutAnswer.UNKNOWN);
    }

    @Test
    void anInterruptWaitsForTheAnswer() {
        Puts puts = new Puts(scripted(Step.FAIL, Step.FAIL), host, DEADLINE);
        Thread.currentThread().interrupt();
        assertThat(puts.put("0.json", bytes("ours"))).isEqualTo(PutAnswer.CREATED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void twoWritersBehindABadNetworkNeverBothOwnANumber(long seed) {
        FaultyStore faulty = new FaultyStore(lake, host, new Random(seed), Faults.everyKind(0.5));
        Puts puts = new Puts(faulty, host, Duration.ofSeconds(5));
        for (int number = 0; number < 300; number++) {
            String key = "n/" + number;
            PutAnswer a = puts.put(key, bytes("a"));
            PutAnswer b = puts.put(key, bytes("b"));
            assertThat(List.of(a, b)).as("seed %d, number %d", seed, number).isNotEqualTo(bothCreated());
            if (a == PutAnswer.CREATED || b == PutAnswer.CREATED) {
                assertThat(lake.read(key)).isEqualTo(bytes(a == PutAnswer.CREATED ? "a" : "b"));
            }
            if (a == PutAnswer.EXISTS) {
                assertThat(lake.read(key)).isEqualTo(bytes("b"));
            }
        }
        faulty.arrive();
    }

    private static List<PutAnswer> bothCreated() {
        return List.of(PutAnswer.CREATED, PutAnswer.CREATED);
    }

    private enum Step {
        FAIL,
        LOSE_REPLY,
        REFUSE
    }

    /// Misbehaves in these ways, one for each put, and is healthy afterwards.
    private Store scripted(Step... steps) {
        Queue<Step> script = new ArrayDeque<>(List.of(steps));
        return new InterceptedStore(lake) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                Step step = operation == Operation.PUT ? script.poll() : null;
                if (step == Step.REFUSE) {
                    throw StoreException.refused("refused", null);
                }
                if (step == Step.FAIL) {
                    throw StoreException.unknown("failed", null);
                }
                T result = action.get();
                if (step == Step.LOSE_REPLY) {
                    throw StoreException.unknown("reply lost", null);
                }
                return result;
            }
        };
    }
}
