package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight real processes make the first claim that a lake ever sees.
class FirstClaimTest {
    private static final int PROCESSES = 8;

    private final List<TalkingProcess> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        processes.forEach(TalkingProcess::close);
    }

    @Test
    void ofEightProcessesThatClaimATaskOfANewLakeAtOnceOneWins() throws Exception {
        Path lake = folder.resolve("lake");
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(TalkingProcess.start(FirstClaimer.class, lake.toString(), "pod-" + i));
        }
        for (TalkingProcess process : processes) {
            assertThat(process.hear()).isEqualTo("ready");
        }
        for (TalkingProcess process : processes) {
            process.tell("go");
        }
        List<String> said = new ArrayList<>();
        for (TalkingProcess process : processes) {
            said.add(process.hear());
        }
        checkTheOnlyWinner(said, lake);
    }

    private static void checkTheOnlyWinner(List<String> said, Path lake) {
        ControlTable table =
                new ControlTable(LocalStore.open(lake), Host.system(), Pod.named("observer", Host.system()));
        TaskRow row = table.row("ingest:orders").orElseThrow();
        assertThat(table.rows()).hasSize(1);
        assertThat(said).containsOnlyOnce("granted " + row.token());
        assertThat(said.stream().filter(("held by " + row.podId())::equals)).hasSize(PROCESSES - 1);
        assertThat(row.fence().version()).isZero();
    }
}
