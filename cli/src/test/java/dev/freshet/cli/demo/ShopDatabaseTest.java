package dev.freshet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopDatabaseTest {
    @TempDir
    Path lake;

    private final List<String> said = new ArrayList<>();

    @Test
    void theShopHasMoreThanTwoHundredThousandRowsAndKeepsThemOverAStop() {
        Map<String, Long> first;
        try (ShopDatabase shop = open()) {
            first = counts(shop);
        }
        try (ShopDatabase shop = open()) {
            assertThat(counts(shop)).isEqualTo(first);
        }
        assertThat(first.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(200_000);
        assertThat(said).filteredOn(line -> line.startsWith("filling")).hasSize(1);
    }

    @Test
    void everyChangeInsertsUpdatesAndDeletes() {
        try (ShopDatabase shop = open()) {
            List<String> first = shop.change();
            List<String> second = shop.change();
            assertThat(first).anyMatch(step -> step.endsWith(" new orders")).noneMatch(step -> step.startsWith("0 "));
            assertThat(second).hasSameSizeAs(first).noneMatch(step -> step.startsWith("0 "));
        }
    }

    @Test
    void theReaderMayOnlySelect() throws Exception {
        try (ShopDatabase shop = open()) {
            String password = Files.readString(lake.resolve("_demo/password"));
            String place = shop.dsn().substring(shop.dsn().lastIndexOf('@') + 1);
            try (var connection = DriverManager.getConnection("jdbc:postgresql://" + place, "freshet", password);
                    var statement = connection.createStatement()) {
                assertThat(statement.execute("select count(*) from customers")).isTrue();
                assertThatThrownBy(() -> statement.execute("delete from customers"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void aSecondDemoOnTheSameLakeIsRefused() {
        try (ShopDatabase running = open()) {
            assertThat(running.tables()).contains("orders");
            assertThatThrownBy(this::open).isInstanceOf(FreshetException.class).hasMessageContaining("another demo");
        }
    }

    @Test
    void aServerThatAKilledDemoLeftBehindIsStoppedAndItsPortKept() throws Exception {
        Path home = Files.createDirectories(lake.resolve("_demo")).toRealPath();
        int port = PostgresServer.start(home, Host.system(), said::add).port();
        try (PostgresServer next = PostgresServer.start(home, Host.system(), said::add)) {
            assertThat(next.port()).isEqualTo(port);
        }
        assertThat(said).anyMatch(line -> line.startsWith("stopping the PostgreSQL that a killed demo left behind"));
    }

    @Test
    void theLockFileOfADeadServerWhoseNumberIsTakenByAnotherProgramIsNoObstacle() throws Exception {
        Path home = Files.createDirectories(lake.resolve("_demo")).toRealPath();
        PostgresServer.start(home, Host.system(), said::add).close();
        Path data = home.resolve("server/data");
        Files.writeString(
                data.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n" + data + "\n");
        try (PostgresServer next = PostgresServer.start(home, Host.system(), said::add)) {
            assertThat(next.port()).isPositive();
        }
    }

    private ShopDatabase open() {
        return ShopDatabase.open(lake.resolve("_demo"), Host.system(), said::add);
    }

    private static Map<String, Long> counts(ShopDatabase shop) {
        return shop.tables().stream().collect(Collectors.toMap(table -> table, shop::rows));
    }
}
