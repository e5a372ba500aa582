package dev.freshet.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few seconds of what `bench/run soak` does for ten minutes.
class SoakTest {
    @TempDir
    Path lake;

    @Test
    void writersReadersAndMaintenanceDoNotDisturbOneAnother() throws InterruptedException {
        try (Store store = LocalStore.open(lake)) {
            Soak soak = new Soak(store, Host.system(), Duration.ofSeconds(8));
            soak.run(Duration.ofSeconds(20));
            assertThat(soak.faults).isEmpty();
            Map<String, Object> figures = soak.figures();
            assertThat(figures)
                    .containsEntry("missing_files", 0L)
                    .containsEntry("wrong_sums", 0L)
                    .containsEntry("failed_writers", 0L)
                    .containsEntry("failed_maintenance", 0L);
            assertThat(figures.get("optimized")).isNotEqualTo(0L);
            assertThat(figures.get("vacuumed_files")).isNotEqualTo(0L);
            assertThat(figures.get("reads")).isNotEqualTo(0L);
        }
    }
}
