package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.demo.ShopDatabase;
import dev.freshet.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IngestCommandTest {
    private static final String CANARY = "c4n4ry-p4ssw0rd";

    private Path database;
    private ShopDatabase shop;
    private String dsn;
    private Path folder;
    private Shell shell;

    @BeforeAll
    void openShop(@TempDir Path home) {
        database = home;
        shop = ShopDatabase.open(database, Host.system(), _ -> {});
        dsn = shop.dsn();
    }

    @AfterAll
    void closeShop() {
        shop.close();
    }

    @BeforeEach
    void open(@TempDir Path fresh) {
        folder = fresh;
        shell = new Shell(folder);
    }

    @Test
    void aTableArrivesAndIsThereForQuerySchemaAndList() {
        Shell.Result result = shell.run("ingest", "--from", dsn, "--table", "products", "--dataset", "goods");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("ingest:goods +succeeded").contains("2000");
        assertThat(result.err()).isEmpty();
        assertThat(shell.run("query", "select count(*) as n from goods", "-o", "json")
                        .out())
                .isEqualTo("[\n{\"n\":2000}\n]\n");
        assertThat(shell.run("schema", "goods").out())
                .containsPattern("price +decimal\\(10,2\\) +numeric\\(10,2\\)")
                .contains("In euros, taxes included");
        assertThat(shell.run("get", "datasets", "-o", "json").out())
                .contains("\"name\":\"goods\",\"rows\":2000", "\"source_system\":\"postgresql\"")
                .doesNotContain("password");
        assertThat(shell.run("get", "datasets", "goods", "--objects", "-o", "json")
                        .out())
                .contains("\"objects\":[{\"bucket\":", "\"size_bytes\":");
        assertThat(shell.run("query", "select task, outcome, rows, reason from freshet.runs", "-o", "json")
                        .out())
                .contains("{\"task\":\"ingest:goods\",\"outcome\":\"succeeded\",\"rows\":2000,\"reason\":null}");
        assertThat(shell.run("get", "runs", "goods", "-o", "json").out())
                .contains("\"task\":\"ingest:goods\",\"schedule\":null", "\"outcome\":\"succeeded\"");
    }

    @Test
    void aColumnArrivesAsTheTypeThatWasAskedFor() {
        assertThat(shell.run("ingest", "--from", dsn, "--table", "products", "--as", "price=string")
                        .exit())
                .isZero();

        assertThat(shell.run("schema", "products").out()).containsPattern("price +string +numeric\\(10,2\\)");
    }

    @Test
    void aValueThatDoesNotFitIsMadeToFitWhereThatWasAskedFor() {
        Shell.Result misfit = shell.run("ingest", "--from", dsn, "--table", "products", "--as", "price=long");
        assertThat(misfit.exit()).isEqualTo(1);
        assertThat(misfit.err()).startsWith("error[VALUE_MISFIT]: ").hasLineCount(1);

        Shell.Result rounded = shell.run(
                "ingest", "--from", dsn, "--table", "products", "--as", "price=long", "--on-misfit", "price=round");
        assertThat(rounded.exit()).as(rounded.err()).isZero();
        assertThat(shell.run("query", "select reason from freshet.runs where outcome = 'succeeded'", "-o", "json")
                        .out())
                .containsPattern("\"reason\":\"made to fit: [1-9]\\d* of price\"");
    }

    @Test
    void whatBecomesOfMisfitsIsSaidOfAColumnWhoseTypeIsSaidInAWordThatIsKnown() {
        Shell.Result untyped = shell.run("ingest", "--from", dsn, "--table", "products", "--on-misfit", "price=null");
        assertThat(untyped.exit()).isEqualTo(2);
        assertThat(untyped.err())
                .startsWith("error[BAD_DEFINITION]: ")
                .contains("columns.price", "'as' is missing", "--as price=TYPE")
                .hasLineCount(1);

        Shell.Result unknown = shell.run(
                "ingest", "--from", dsn, "--table", "products", "--as", "price=long", "--on-misfit", "price=zero");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("must be one of error, null, round, clamp")
                .hasLineCount(1);
    }

    @Test
    void aSmallTableComesOverOneConnectionHoweverManyThereMayBe() {
        assertThat(shell.run("ingest", "--from", dsn, "--table", "products", "--connections", "4")
                        .exit())
                .isZero();

        assertThat(shell.run("query", "select rows, reason from freshet.runs", "-o", "json")
                        .out())
                .contains("{\"rows\":2000,\"reason\":null}");
    }

    @Test
    void severalConnectionsAndOneOrderContradictEachOther() {
        Shell.Result result =
                shell.run("ingest", "--from", dsn, "--table", "products", "--connections", "2", "--order-by", "id");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("error[BAD_DEFINITION]: ")
                .contains("one order of all rows", "one connection")
                .hasLineCount(1);
    }

    @Test
    void aMissingTableIsNamedWithThoseLikeIt() {
        Shell.Result result = shell.run("ingest", "--from", dsn, "--table", "order");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("error[TABLE_MISSING]: ")
                .contains("order", "orders")
                .hasLineCount(1);
    }

    @Test
    void aMissingGrantIsNamedWithTheStatementThatGivesIt() {
        Shell.Result result = shell.run("ingest", "--from", dsn, "--table", "demo.progress");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("error[GRANT_MISSING]: ")
                .contains("GRANT")
                .hasLineCount(1);
    }

    @Test
    void anUnreachableDatabaseIsToldApartFromFailedWork() {
        Shell.Result result =
                shell.run("ingest", "--from", "postgres://u:" + CANARY + "@127.0.0.1:1/db", "--table", "t");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("error[DATABASE_UNREACHABLE]: ")
                .contains("127.0.0.1:1")
                .hasLineCount(1);
    }

    @Test
    void runExitsWithTheCodeOfItsRun() throws IOException {
        schedule("good", dsn, "products");
        schedule("gone", dsn, "nowhere");
        schedule("down", "postgres://u:${env:NONE}@127.0.0.1:1/db", "t");

        assertThat(shell.run("run", "good").exit()).isZero();
        assertThat(shell.run("run", "gone").exit()).isEqualTo(1);
        assertThat(shell.with("NONE", "x").run("run", "down").exit()).isEqualTo(3);
        assertThat(shell.run("get", "schedules", "good", "-o", "json").out())
                .contains("\"message\":\"rows=2000 dataset=good bytes=", "\"success\":true", "\"run_count\":1");
    }

    @Test
    void doctorFindsWhatIsWrongWithEachSchedule() throws IOException {
        schedule("good", dsn, "products");
        schedule("gone", dsn, "nowhere");

        Shell.Result result = shell.run("doctor");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out())
                .containsPattern("java +ok")
                .containsPattern("lake +ok")
                .containsPattern("atomic +ok")
                .containsPattern("disk +\\w+")
                .containsPattern("schedule good +ok")
                .containsPattern("schedule gone +broken.*nowhere");
    }

    @Test
    void aPasswordAppearsNowhere() throws IOException {
        String password = Files.readString(database.resolve("password"));
        String literal = dsn.replaceAll("\\$\\{.*}", password);
        String wrong = dsn.replaceAll("\\$\\{.*}", CANARY);
        StringBuilder printed = new StringBuilder();
        for (List<String> from :
                List.of(List.of(literal, "products"), List.of(literal, "nowhere"), List.of(wrong, "products"))) {
            for (String log : List.of("text", "json")) {
                Shell.Result result =
                        shell.run("ingest", "--from", from.get(0), "--table", from.get(1), "-v", "--log", log);
                printed.append(result.out()).append(result.err());
            }
        }
        for (String what : List.of("schedules", "datasets", "tasks", "runs")) {
            printed.append(shell.run("get", what, "-o", "json").out());
        }

        assertThat(printed).contains("succeeded", "TABLE_MISSING", "DATABASE_UNREACHABLE");
        assertThat(printed).doesNotContain(password).doesNotContain(CANARY);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> holds(file, password) || holds(file, CANARY)))
                    .isEmpty();
        }
    }

    private void schedule(String id, String from, String table) throws IOException {
        Files.writeString(folder.resolve(id + ".yaml"), """
                id: %1$s
                kind: {type: postgres, dsn: "%2$s", table: %3$s, dataset_name: %1$s}
                trigger: {type: interval, secs: 3600}
                enabled: true
                """.formatted(id, from, table));
        Shell.Result result = shell.run("apply", "-f", id + ".yaml");
        assertThat(result.exit()).as(result.err()).isZero();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
