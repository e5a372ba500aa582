package dev.freshet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemHostTest {
    private final Host host = Host.system();

    @Test
    void anIdHasThirtyTwoHexadecimalDigitsAndIsNeverSeenAgain() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(ids.add(host.newId())).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void workThatIsInterruptedWhileItSleepsCanEnd() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        Work work = host.start("sleeper", () -> {
            try {
                host.sleep(Duration.ofDays(1));
            } catch (InterruptedException _) {
                interrupted.set(true);
            }
        });
        assertThat(work.ended()).isFalse();
        work.interrupt();
        while (!work.ended()) {
            host.sleep(Duration.ofMillis(1));
        }
        assertThat(interrupted).isTrue();
    }

    @Test
    void workApartGoesOnWhileOtherWorkKeepsEveryProcessorBusy() throws InterruptedException {
        AtomicBoolean reached = new AtomicBoolean();
        List<Work> busy = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            busy.add(host.start("busy", () -> {
                while (!reached.get()) {
                    Thread.onSpinWait();
                }
            }));
        }
        Work apart = host.startApart("apart", () -> reached.set(true));
        long end = host.nanos() + Duration.ofSeconds(30).toNanos();
        while (!apart.ended() && host.nanos() - end < 0) {
            host.sleep(Duration.ofMillis(1));
        }
        boolean wasReached = reached.getAndSet(true);
        assertThat(wasReached).isTrue();
        assertThat(busy).isNotEmpty();
    }

    @Test
    void aPointIsHeldForAsLongAsAFileNamesIt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hold"), "before-put");
        System.setProperty("freshet.test.hold_file", file.toString());
        Host holding = Host.system();
        System.clearProperty("freshet.test.hold_file");

        holding.reach("after-claim");
        Work held = holding.start("held", () -> holding.reach("before-put"));
        host.sleep(Duration.ofMillis(20));
        assertThat(held.ended()).isFalse();
        Files.delete(file);
        while (!held.ended()) {
            host.sleep(Duration.ofMillis(1));
        }
    }

    @Test
    void aPointThatNobodyAskedToStopAtIsPassed() {
        long before = host.nanos();
        host.reach("after the data commit");
        assertThat(host.nanos()).isGreaterThanOrEqualTo(before);
    }
}
