package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.SettableHost;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingTest {
    private static final Schema SCHEMA = new Schema(List.of(new Column("text", ColumnType.STRING, false, Map.of())));

    private final Ring ring =
            new Ring(SCHEMA, 1000, new MemoryShare(4L << 20), new Pace(new SettableHost(), OptionalLong.empty()));

    @Test
    void batchesArriveInOrderAndAreUsedAgain() throws Exception {
        Batch first = filled("a");
        ring.give(first);
        Batch received = ring.next();
        ring.recycle(first);

        assertThat(received).isSameAs(first);
        assertThat(ring.take()).isSameAs(first);
        assertThat(first.rows()).isZero();
    }

    @Test
    void theReaderWaitsWhileTheBoundIsOnItsWay() throws Exception {
        ring.give(filled("x".repeat(2 << 20)));
        CompletableFuture<Batch> taken = takenByAnother();

        assertThat(taken).isNotCompleted();
        ring.recycle(ring.next());
        assertThat(taken.get(30, TimeUnit.SECONDS).rows()).isZero();
    }

    @Test
    void aRowAboveTheBoundPassesAlone() throws Exception {
        ring.give(filled("x".repeat(8 << 20)));

        assertThat(ring.next().rows()).isEqualTo(1);
    }

    @Test
    void aBatchThatHeldAHugeRowIsNotKept() throws Exception {
        Batch huge = filled("x".repeat(8 << 20));
        ring.give(huge);
        ring.recycle(ring.next());

        assertThat(ring.take()).isNotSameAs(huge);
    }

    @Test
    void anEncoderThatEndsWakesTheReader() throws Exception {
        ring.give(filled("x".repeat(2 << 20)));
        CompletableFuture<Batch> taken = takenByAnother();

        ring.close();

        assertThat(taken).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("ended");
    }

    @Test
    void aReaderThatFailsEndsTheEncoderWithItsFailure() throws Exception {
        ring.give(filled("a"));
        ring.end(new IllegalStateException("the database went away"));

        assertThatExceptionOfType(Ring.SourceFailure.class)
                .isThrownBy(ring::next)
                .satisfies(e -> assertThat(e.thrown()).hasMessage("the database went away"));
    }

    @Test
    void whatWasGivenBeforeTheEndStillArrives() throws Exception {
        Batch last = filled("a");
        ring.give(last);
        ring.end(null);

        assertThat(ring.next()).isSameAs(last);
        assertThat(ring.next()).isNull();
    }

    private Batch filled(String text) throws InterruptedException {
        Batch batch = ring.take();
        batch.appendRow(text);
        return batch;
    }

    /// Returns once the other thread waits for the ring, or has what it wanted.
    private CompletableFuture<Batch> takenByAnother() {
        CompletableFuture<Batch> taken = new CompletableFuture<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                taken.complete(ring.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        while (other.getState() != Thread.State.WAITING && !taken.isDone()) {
            Thread.onSpinWait();
        }
        return taken;
    }
}
