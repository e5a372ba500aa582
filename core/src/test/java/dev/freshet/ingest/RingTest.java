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
            new Ring(SCHEMA, 1000, new MemoryShare(4L << 20), 1, new Pace(new SettableHost(), OptionalLong.empty()));
    private final Ring.Inlet inlet = ring.open();

    @Test
    void batchesArriveInOrderAndAreUsedAgain() throws Exception {
        Batch first = filled("a");
        inlet.give(first);
        Batch received = inlet.next();
        ring.recycle(first);

        assertThat(received).isSameAs(first);
        assertThat(inlet.take()).isSameAs(first);
        assertThat(first.rows()).isZero();
    }

    @Test
    void theReaderWaitsWhileTheBoundIsOnItsWay() throws Exception {
        inlet.give(filled("x".repeat(2 << 20)));
        CompletableFuture<Batch> taken = takenByAnother();

        assertThat(taken).isNotCompleted();
        ring.recycle(inlet.next());
        assertThat(taken.get(30, TimeUnit.SECONDS).rows()).isZero();
    }

    @Test
    void aRowAboveTheBoundPassesAlone() throws Exception {
        inlet.give(filled("x".repeat(8 << 20)));

        assertThat(inlet.next().rows()).isEqualTo(1);
    }

    @Test
    void aBatchThatHeldAHugeRowIsNotKept() throws Exception {
        Batch huge = filled("x".repeat(8 << 20));
        inlet.give(huge);
        ring.recycle(inlet.next());

        assertThat(inlet.take()).isNotSameAs(huge);
    }

    @Test
    void anEncoderThatEndsWakesTheReader() throws Exception {
        inlet.give(filled("x".repeat(2 << 20)));
        CompletableFuture<Batch> taken = takenByAnother();

        ring.close();

        assertThat(taken).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("ended");
    }

    @Test
    void aReaderThatFailsEndsTheEncoderWithItsFailure() throws Exception {
        inlet.give(filled("a"));
        inlet.end(new IllegalStateException("the database went away"));

        assertThatExceptionOfType(Ring.Failure.class)
                .isThrownBy(inlet::next)
                .satisfies(e -> assertThat(e.thrown()).hasMessage("the database went away"));
    }

    @Test
    void whatWasGivenBeforeTheEndStillArrives() throws Exception {
        Batch last = filled("a");
        inlet.give(last);
        inlet.end(null);

        assertThat(inlet.next()).isSameAs(last);
        assertThat(inlet.next()).isNull();
    }

    @Test
    void anEncoderThatFailsEndsTheOthersAndAllReadersWithItsFailure() throws Exception {
        ring.open().give(filled("a"));
        ring.fail(new IllegalStateException("no space left"));
        ring.fail(new IllegalStateException("a consequence"));

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(inlet::take);
        assertThatExceptionOfType(Ring.Failure.class)
                .isThrownBy(inlet::next)
                .satisfies(e -> assertThat(e.thrown()).hasMessage("no space left"));
    }

    @Test
    void whatAReaderThrowsBecauseTheRingWasClosedIsNoFailure() {
        ring.close();
        inlet.end(new InterruptedException("the encoder has ended"));

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(inlet::next);
    }

    @Test
    void anEncoderHelpsTheOthersWhenItsOwnReaderHasEnded() throws Exception {
        Ring.Inlet second = ring.open();
        Batch own = filled("a");
        Batch others = filled("b");
        Batch last = filled("c");
        second.give(others);
        inlet.give(own);
        assertThat(inlet.next())
                .as("its own reader's, though another came first")
                .isSameAs(own);
        inlet.end(null);
        inlet.awaitEnd();
        assertThat(inlet.next()).isSameAs(others);
        second.give(last);
        second.end(null);

        assertThat(second.next()).isSameAs(last);
        assertThat(inlet.next()).isNull();
        assertThat(second.next()).isNull();
    }

    @Test
    void anEncoderHelpsTheOthersWhenTheyKeepItsReaderWaiting() throws Exception {
        Ring.Inlet second = ring.open();
        Batch others = filled("x".repeat(2 << 20));
        second.give(others);
        CompletableFuture<Batch> taken = takenByAnother();
        assertThat(taken).isNotCompleted();

        assertThat(inlet.next()).isSameAs(others);
        ring.recycle(others);
        assertThat(taken.get(30, TimeUnit.SECONDS).rows()).isZero();
    }

    @Test
    void aNewBatchHasRoomForWhatTheFullestHeld() throws Exception {
        inlet.give(filled("x".repeat(1000)));
        Batch next = filled("y");

        assertThat(next.bytes()).isGreaterThan(1000);
        assertThat(next.texts(0).text(0)).isEqualTo("y");
    }

    private Batch filled(String text) throws InterruptedException {
        Batch batch = inlet.take();
        batch.appendRow(text);
        return batch;
    }

    /// Returns once the other thread waits for the ring, or has what it wanted.
    private CompletableFuture<Batch> takenByAnother() {
        CompletableFuture<Batch> taken = new CompletableFuture<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                taken.complete(inlet.take());
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
