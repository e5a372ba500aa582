package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A password is found nowhere: not in the lake, not in what any process printed, after runs that went well and runs
/// that did not.
class CanaryTest {
    private static final Secret CANARY = new Secret(Postgres.PASSWORD);

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aPasswordIsFoundNowhereAfterRunsOfEveryKind() throws IOException {
        Database database = Postgres.newDatabase();
        database.run(
                "CREATE TABLE orders (id int)",
                "INSERT INTO orders VALUES (1), (2)",
                "CREATE VIEW broken AS SELECT 1 / (id - 2) AS n FROM orders",
                "CREATE FUNCTION tell() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                        + " '%', 'cannot reach postgres://reader:" + encoded() + "@other/db with password=''"
                        + CANARY.value()
                        + "'''; END $$",
                "CREATE VIEW telltale AS SELECT tell() AS n");
        stage.apply(
                Definition.once("orders", database, "orders"),
                Definition.once("broken", database, "broken"),
                Definition.once("telltale", database, "telltale"));

        assertThat(stage.run("run", "orders", "-v").exit()).isZero();
        assertThat(stage.run("run", "broken", "-v").exit()).isEqualTo(1);
        assertThat(stage.run("run", "telltale", "-v").exit()).isEqualTo(1);
        assertThat(ingest(database.dsn(), "orders").exit()).isZero();
        assertThat(ingest(literal(database), "orders").exit()).isZero();
        assertThat(ingest(literal(database), "broken").exit()).isEqualTo(1);
        assertThat(ingest(literal(database).replace("reader:", "stranger2:"), "orders")
                        .exit())
                .isEqualTo(3);
        assertThat(ingest(literal(database).replace("/shop", "/nowhere"), "orders")
                        .exit())
                .isEqualTo(3);
        assertThat(ingest(literal(database) + "?password=" + encoded(), "orders")
                        .exit())
                .isEqualTo(2);
        assertThat(refused(literal(database)).exit()).isEqualTo(2);
        assertThat(refused(literal(database) + "?sslpassword=" + encoded()).exit())
                .isEqualTo(2);
        served();
        Stream.of("schedules", "datasets", "tasks", "runs").forEach(what -> stage.json("get", what));
        assertThat(stage.run("doctor", "-v").exit()).isIn(0, 1);
        assertThat(stage.run("query", "SELECT * FROM freshet.runs", "-o", "yaml")
                        .exit())
                .isZero();

        assertThat(CANARY.found(stage.work())).isEmpty();
        assertThat(CANARY.found(stage.root())).isEmpty();
        assertThat(new Secret("reader").found(stage.folder())).isNotEmpty();
    }

    private void served() {
        FreshetProcess pod = stage.serve("a", "-v", "--log", "json");
        Eventually.that(
                "both failing schedules have been tried again",
                () -> Stream.of("broken", "telltale")
                        .allMatch(id -> stage.lake().runs(id).count() >= 2));
        pod.terminate();
        assertThat(pod.exit()).isZero();
    }

    private FreshetProcess ingest(String dsn, String table) {
        return stage.run("ingest", "--from", dsn, "--table", table, "-v");
    }

    /// A definition that holds the password itself.
    private FreshetProcess refused(String dsn) throws IOException {
        Definition definition = Definition.once("literal", new Database("postgres", "", dsn), "orders");
        Path file = stage.folder().resolve("literal.json");
        Files.writeString(file, definition.text());
        try {
            return stage.run("apply", "-v", "-f", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static String literal(Database database) {
        return database.dsn().replace("${env:" + Postgres.PASSWORD_VARIABLE + "}", encoded());
    }

    private static String encoded() {
        return URLEncoder.encode(CANARY.value(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void theSearchFindsAPasswordInEveryForm() throws IOException {
        byte[] plain = CANARY.value().getBytes(StandardCharsets.UTF_8);
        List<String> forms = List.of(
                new String(plain, StandardCharsets.ISO_8859_1),
                encoded(),
                URLEncoder.encode(CANARY.value(), StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(plain));
        for (String form : forms) {
            Path planted =
                    Files.createDirectories(stage.work().resolve("deep/er")).resolve(forms.indexOf(form) + ".bin");
            Files.write(planted, ("\0\u00ff" + form + "\0").getBytes(StandardCharsets.ISO_8859_1));

            assertThat(CANARY.found(stage.work())).contains(planted);
        }
        Path harmless = stage.work().resolve("harmless.bin");
        Files.write(harmless, new byte[] {0, 1, 2});

        assertThat(CANARY.found(stage.work())).hasSameSizeAs(forms).doesNotContain(harmless);
    }
}
