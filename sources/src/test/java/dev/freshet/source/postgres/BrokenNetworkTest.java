package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Proxy;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.CollectingSink;
import dev.freshet.source.postgres.PostgresOptions.Client;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of a copy whose network breaks in the middle.
class BrokenNetworkTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final PostgresDatabase database = PostgresDatabase.started();
    private Proxy proxy;

    @BeforeEach
    void start() throws IOException {
        database.run("DROP VIEW IF EXISTS endless", "CREATE VIEW endless AS " + database.endlessQuery());
        proxy = new Proxy(database.admin().port());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void aResetFailsTheRunWithinSeconds(Client client) {
        Broken broken = copyUntil(client, session -> proxy.reset());
        assertThat(broken.failure().code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(broken.failure())
                .hasMessageContaining("public.endless: reading failed: PostgreSQL at localhost:" + proxy.port());
        assertThat(broken.took()).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void aNetworkThatSwallowsEverythingFailsTheRunInTheTimeThatIsSet(Client client) {
        Broken broken = copyUntil(client, session -> proxy.swallow());
        assertThat(broken.failure().code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(broken.failure())
                .hasMessageContaining("public.endless: reading failed: PostgreSQL at localhost:" + proxy.port())
                .hasMessageContaining("is postgres.silence_secs too short?");
        assertThat(broken.took()).isGreaterThan(SILENCE.dividedBy(2)).isLessThan(SILENCE.plusSeconds(5));
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledRunEndsWithinASecondAlthoughNothingGetsThrough(Client client) {
        Broken broken = copyUntil(client, session -> {
            proxy.swallow();
            session.cancel();
        });
        assertThat(broken.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(broken.took()).isLessThan(Duration.ofMillis(client == Client.OWN ? 1500 : 5000));
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledRunEndsWithinASecondHereAndThere(Client client) {
        Broken broken = copyUntil(client, SourceSession::cancel);
        assertThat(broken.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(broken.took()).isLessThan(Duration.ofMillis(1500));
    }

    /// Reads without end through the proxy, and has something done to it from another thread.
    private Broken copyUntil(Client client, Blow blow) {
        PostgresSource source = new PostgresSource(new PostgresOptions(client, SILENCE), Host.system());
        Login admin = database.admin();
        Login through = new Login(
                admin.type(), "localhost", proxy.port(), admin.database(), admin.user(), "", admin.parameters());
        try (SourceSession session = source.open(through, SourceSettings.named("freshet broken network"))) {
            SourceTable table = session.describe(TableRequest.of("endless"));
            AtomicBoolean begun = new AtomicBoolean();
            Thread breaker = Thread.ofPlatform().unstarted(() -> strike(blow, session));
            long[] struck = new long[1];
            CollectingSink sink = new CollectingSink(table.schema(), 1000, () -> {
                if (begun.compareAndSet(false, true)) {
                    struck[0] = System.nanoTime();
                    breaker.start();
                }
            });
            FreshetException failure =
                    catchThrowableOfType(FreshetException.class, () -> table.read(Split.WHOLE, sink));
            return new Broken(failure, Duration.ofNanos(System.nanoTime() - struck[0]));
        }
    }

    private static void strike(Blow blow, SourceSession session) {
        try {
            blow.fall(session);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Broken(FreshetException failure, Duration took) {}

    private interface Blow {
        void fall(SourceSession session) throws IOException;
    }
}
