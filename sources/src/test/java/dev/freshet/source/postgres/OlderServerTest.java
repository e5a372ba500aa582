package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Part;
import dev.freshet.ingest.Parts;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.CollectingSink;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a table is cut on a server of another version. No older one is to be had, so a real one of today says that it is
/// one; the ranges themselves are read from it.
@Timeout(60)
class OlderServerTest {
    /// So small that every table of a few pages is cut.
    private static final long LEAST = 8192;

    private final PostgresDatabase postgres = PostgresDatabase.started();

    @ParameterizedTest
    @ValueSource(ints = {120022, 130023})
    void rangesOfTheKeyAreTheTableWhereTheServerKnowsNoRangesOfPages(int version) throws Exception {
        fill("n");
        postgres.run("ANALYZE older");
        try (SourceSession first = open(version);
                SourceSession second = open(version)) {
            SourceTable table = first.describe(TableRequest.of("older"));
            List<Part> parts = table.parts(2, LEAST).parts();
            assertThat(parts)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(part -> assertThat(part).isInstanceOf(KeyPart.class));
            second.join(table);
            CollectingSink sink = new CollectingSink(table.schema());
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).read(i % 2 == 0 ? first : second, sink);
            }
            CollectingSink whole = new CollectingSink(table.schema());
            table.read(Split.WHOLE, whole);
            assertThat(sink.rows()).hasSize(5000).containsExactlyInAnyOrderElementsOf(whole.rows());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "130023, PostgreSQL reads ranges of pages since version 14; there is no key that its rows lie in the order of",
        "140000, ''",
        "180006, ''"
    })
    void rowsThatLieInNoOrderAreReadInRangesOfPagesOrOverOneConnection(int version, String obstacle) {
        fill("md5(n::text)");
        postgres.run("ANALYZE older");
        try (SourceSession session = open(version)) {
            Parts parts = session.describe(TableRequest.of("older")).parts(2, LEAST);
            if (obstacle.isEmpty()) {
                assertThat(parts.parts())
                        .hasSizeGreaterThan(5)
                        .allSatisfy(part -> assertThat(part).isInstanceOf(PagePart.class));
            } else {
                assertThat(parts.parts()).isEmpty();
                assertThat(parts.obstacle())
                        .hasValueSatisfying(why -> assertThat(why).contains(obstacle.split("; ")));
            }
        }
    }

    private void fill(String order) {
        postgres.run(
                "DROP TABLE IF EXISTS older",
                "CREATE TABLE older (id int PRIMARY KEY, text text) WITH (autovacuum_enabled = off)",
                "INSERT INTO older SELECT n, repeat('x', n %% 100) FROM generate_series(1, 5000) n ORDER BY %s"
                        .formatted(order));
    }

    private SourceSession open(int version) {
        Login login = postgres.admin();
        SourceSettings settings = SourceSettings.named("freshet test");
        try {
            Channel channel = new WireConnector(
                            login, "freshet test", Duration.ofSeconds(5), Duration.ofSeconds(60), Host.system())
                    .connect();
            return new PostgresSession(new Versioned(channel, version), login, settings, new PostgresFailures(login));
        } catch (PostgresException e) {
            throw new AssertionError(e);
        }
    }

    /// A server that says it is of another version.
    private record Versioned(Channel channel, int version) implements Channel {
        @Override
        public void execute(String sql) throws PostgresException {
            channel.execute(sql);
        }

        @Override
        public List<Row> query(String sql) throws PostgresException {
            return sql.equals("SHOW server_version_num")
                    ? List.of(new Row(List.of(Integer.toString(version))))
                    : channel.query(sql);
        }

        @Override
        public void copyOut(String sql, CopyDecoder decoder) throws PostgresException, InterruptedException {
            channel.copyOut(sql, decoder);
        }

        @Override
        public void cancel() {
            channel.cancel();
        }

        @Override
        public void abort() {
            channel.abort();
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
