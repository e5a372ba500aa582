package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.maintain.Maintained;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.RowTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Maintenance as a whole: implied by the tables, run by a service under leases, and by hand.
@Timeout(180)
class MaintenanceTest {
    private static final RunListener NOBODY = new RunListener() {};

    @TempDir
    Path folder;

    private Store store;
    private RowTable orders;

    @BeforeEach
    void aTableOfManyFiles() {
        store = LocalStore.open(folder);
        orders = new RowTable(store, Host.system(), "datasets/orders");
        orders.create(Map.of());
        for (int i = 0; i < 8; i++) {
            DataFile _ = orders.append(Host.system().now(), i);
        }
    }

    @Test
    void aServiceMaintainsEveryTableByItselfLaterAndTellsTheLedger() throws InterruptedException {
        try (Freshet freshet = open(Map.of("maintain.every_secs", "2", "tick.secs", "1"))) {
            freshet.start(NOBODY);
            while (freshet.runs().stream().noneMatch(MaintenanceTest::hasNothingToDo)) {
                Host.system().sleep(Duration.ofMillis(200));
            }
            List<RunRecord> runs = freshet.runs().reversed().stream()
                    .filter(run -> run.task().equals("maintain:datasets.orders"))
                    .toList();
            assertThat(runs.getFirst().outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(runs.getFirst().schedule()).isEqualTo("maintain:datasets.orders");
            assertThat(runs.getFirst().version()).as("its rows stayed the same").isNull();
        }
        assertThat(orders.newest().files()).hasSize(1);
        assertThat(orders.ids()).hasSize(8);
    }

    private static boolean hasNothingToDo(RunRecord run) {
        return run.task().equals("maintain:datasets.orders") && run.outcome() == Outcome.UNCHANGED;
    }

    @Test
    void itCanBeSwitchedOffAndIsDoneByHandAllTheSame() throws InterruptedException {
        try (Freshet freshet =
                open(Map.of("maintain.enabled", "false", "maintain.every_secs", "1", "tick.secs", "1"))) {
            freshet.start(NOBODY);
            Host.system().sleep(Duration.ofSeconds(4));
            assertThat(freshet.tasks()).extracting("task").doesNotContain("maintain:datasets.orders");
            Maintained plan = freshet.maintenance().plan("datasets.orders");
            assertThat(plan.joined().count()).isEqualTo(8);
            Maintained done = freshet.maintenance().run("datasets.orders", true, NOBODY);
            assertThat(done.joined()).isEqualTo(plan.joined());
            assertThat(done.filesAfter()).isEqualTo(plan.filesAfter()).isEqualTo(1);
            assertThat(freshet.maintenance().tables()).contains("datasets.orders", "freshet.runs");
        }
        assertThat(orders.newest().files()).hasSize(1);
    }

    @Test
    void aTableIsCalledByItsWholeNameOrWhatIsLeftWithoutItsArea() {
        new RowTable(store, Host.system(), "events/orders").create(Map.of());
        new RowTable(store, Host.system(), "events/clicks").create(Map.of());
        try (Freshet freshet = open(Map.of())) {
            Maintenance maintenance = freshet.maintenance();
            assertThat(maintenance.table("clicks")).isEqualTo("events.clicks");
            assertThat(maintenance.table("events.orders")).isEqualTo("events.orders");
            assertThatThrownBy(() -> maintenance.table("orders"))
                    .isInstanceOf(FreshetException.class)
                    .hasMessage("'orders' may be datasets.orders or events.orders; choose one");
            assertThatThrownBy(() -> maintenance.table("nothing"))
                    .isInstanceOf(FreshetException.class)
                    .hasMessageContainingAll("no table 'nothing'", "datasets.orders, events.clicks, events.orders");
        }
    }

    private Freshet open(Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        settings.put("events.own_life", "false");
        FreshetOptions options = FreshetOptions.of(Settings.read(settings, Map.of(), folder), Map.of("USER", "ann"));
        return Freshet.open(folder, options, List.of(), Host.system());
    }
}
