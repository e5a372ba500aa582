package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mistake of a user is answered by one or two lines on stderr that say what, where and what to do, and by an
/// exit code that says of which kind it was.
class ErrorsTest {
    private static final String GOOD = """
            {"id":"x","kind":{"type":"mysql","dsn":"mysql://u:${env:PW}@h/db","table":"t"},\
            "trigger":{"type":"interval","secs":20},"enabled":true}""";

    private static final Database NOWHERE =
            new Database("postgres", "", "postgres://reader:${env:READER_PASSWORD}@127.0.0.1:1/shop");

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aDefinitionThatIsRightIsAccepted() throws IOException {
        FreshetProcess applied = apply(GOOD);

        assertThat(applied.exit()).as(applied.toString()).isZero();
        assertThat(stage.json("get", "schedules", "x"))
                .singleElement()
                .satisfies(schedule ->
                        assertThat(schedule.path("kind").path("dsn").asText()).isEqualTo("mysql://u:${env:PW}@h/db"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("'trigger.secs' is 0; it must be", json -> trigger(json).put("secs", 0)),
                mistake("one of mysql, postgres", json -> kind(json).put("type", "oracle")),
                mistake("'tabel'; did you mean 'table'", json -> kind(json).put("tabel", "t")),
                mistake(
                        "61 * * * *",
                        json -> json.putObject("trigger").put("type", "cron").put("expr", "61 * * * *")),
                mistake("'a/b'", json -> json.put("id", "a/b")),
                mistake("${env:NAME}", json -> kind(json).put("dsn", "mysql://u:" + Postgres.PASSWORD + "@h/db")));
    }

    private static Arguments mistake(String named, Consumer<ObjectNode> change) {
        Definition good = Definition.every(20, "x", new Database("mysql", "", "mysql://u:${env:PW}@h/db"), "t");
        return Arguments.of(named, good.with(change));
    }

    private static ObjectNode kind(ObjectNode definition) {
        return (ObjectNode) definition.path("kind");
    }

    private static ObjectNode trigger(ObjectNode definition) {
        return (ObjectNode) definition.path("trigger");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aDefinitionThatIsWrongIsRefused(String named, Definition definition) throws IOException {
        FreshetProcess refused = apply(definition.text());

        assertComplaint(refused, 2);
        assertThat(refused.err()).contains(named).contains("definition.json").doesNotContain("canary");
        assertThat(Files.exists(stage.root().resolve("_freshet/schedules"))).isFalse();
    }

    @Test
    void aSecondScheduleForADatasetIsRefused() throws IOException {
        assertThat(apply(GOOD).exit()).isZero();
        FreshetProcess second = apply(GOOD.replace("\"id\":\"x\"", "\"id\":\"y\""));

        assertComplaint(second, 2);
        assertThat(second.err()).contains("'y'").contains("'x'").contains("dataset_name");
    }

    @Test
    void aHostOutOfReachIsNamed() {
        stage.apply(Definition.once("orders", NOWHERE, "orders"));

        assertThat(Stream.of(stage.run("run", "orders"), ingest(NOWHERE, "orders")))
                .allSatisfy(process -> assertComplaint(process, 3))
                .allSatisfy(process -> assertThat(process.err()).contains("127.0.0.1:1"));
    }

    @Test
    void aMissingTableIsNamedWithTheNearestOnes() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE orders (id int)");
        stage.apply(Definition.once("orders", database, "order"));

        assertThat(Stream.of(stage.run("run", "orders"), ingest(database, "order")))
                .allSatisfy(process -> assertComplaint(process, 1))
                .allSatisfy(process -> assertThat(process.err()).contains("orders"));
    }

    @Test
    void aMissingGrantIsNamedWithTheStatementThatGivesIt() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE orders (id int)", "REVOKE SELECT ON orders FROM reader");
        stage.apply(Definition.once("orders", database, "orders"));

        assertThat(Stream.of(stage.run("run", "orders"), ingest(database, "orders")))
                .allSatisfy(process -> assertComplaint(process, 1))
                .allSatisfy(process -> assertThat(process.err()).contains("GRANT SELECT ON"));
    }

    @Test
    void aHeldLeaseIsAnsweredAtOnceWhenAskedTo() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
        Gate.build(database, "orders");
        try (Gate _ = Gate.shut(database)) {
            stage.apply(Definition.once("orders", database, Gate.VIEW));
            FreshetProcess _ = stage.serve("holder");
            Eventually.that("the holder is at work", () -> Gate.waiting(database) == 1);
            FreshetProcess refused = stage.run(
                    "ingest", "--from", database.dsn(), "--table", "orders", "--dataset", "orders", "--no-wait");

            assertComplaint(refused, 4);
            assertThat(refused.err()).contains("holder");
        }
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        FreshetProcess refused = stage.run("get", "runs", "--limt", "3");

        assertComplaint(refused, 2);
        assertThat(refused.err()).contains("--limit");
    }

    private FreshetProcess ingest(Database database, String table) {
        return stage.run("ingest", "--from", database.dsn(), "--table", table);
    }

    private FreshetProcess apply(String definition) throws IOException {
        Path file = stage.folder().resolve("definition.json");
        Files.writeString(file, definition);
        return stage.run("apply", "-f", file.toString());
    }

    private static void assertComplaint(FreshetProcess process, int exit) {
        assertThat(process.exit()).as(process.toString()).isEqualTo(exit);
        assertThat(process.out()).isEmpty();
        assertThat(process.err().lines().toList())
                .as(process.toString())
                .hasSizeBetween(1, 2)
                .first()
                .asString()
                .startsWith("error[");
        assertThat(process.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
