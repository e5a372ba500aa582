package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.source.postgres.Certificates.Identity;
import dev.freshet.source.postgres.Certificates.Kind;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TlsServer(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "disable, postgres, f",
        "allow, postgres, f",
        "allow, tls_only, t",
        "prefer, postgres, t",
        "prefer, plain_only, f",
        "require, postgres, t",
        "require, tls_only, t",
        "verify-ca, tls_only, t",
        "verify-full, tls_only, t"
    })
    void aConnectionIsEncryptedAsTheModeAndTheServerSay(String mode, String user, String encrypted) throws Exception {
        boolean verifies = mode.startsWith("verify");
        Login login = verifies
                ? server.login(user, "localhost", "sslmode", mode, "sslrootcert", path("ca.crt"))
                : server.login(user, "localhost", "sslmode", mode);
        assertThat(encrypted(login)).isEqualTo(encrypted);
    }

    @ParameterizedTest
    @CsvSource({"disable, tls_only", "require, plain_only", "verify-full, plain_only"})
    void aModeThatTheServerRefusesFails(String mode, String user) {
        assertRefused(
                server.login(user, "localhost", "sslmode", mode, "sslrootcert", path("ca.crt")),
                "refuses user '" + user + "'",
                "no pg_hba.conf entry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void aVerifyingModeWantsAnAuthorityToBelieve(String mode) {
        assertRefused(server.login("tls_only", "localhost", "sslmode", mode), "wants sslrootcert=FILE");
        assertRefused(
                server.login("tls_only", "localhost", "sslmode", mode, "sslrootcert", path("nowhere.crt")),
                "nowhere.crt",
                "there is no such file");
    }

    @Test
    void theAuthoritiesOfThisJavaDoNotKnowOurServer() {
        Login login = server.login("tls_only", "localhost", "sslmode", "verify-full", "sslrootcert", "system");
        assertRefused(login, "issued by nobody in sslrootcert");
        Login careless = server.login("tls_only", "localhost", "sslmode", "require", "sslrootcert", "system");
        assertRefused(careless, "sslrootcert=system wants sslmode=verify-full");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void aCertificateOfAnotherAuthorityIsNotBelieved(String mode) throws Exception {
        Files.writeString(
                server.path("other.crt"), Certificates.authority("another").certificatePem());
        assertRefused(
                server.login("tls_only", "localhost", "sslmode", mode, "sslrootcert", path("other.crt")),
                "cannot be talked to by TLS",
                "issued by nobody in sslrootcert");
    }

    @Test
    void anotherHostsCertificateIsRefusedByVerifyFullAlone() throws Exception {
        String address = "127.0.0.1";
        Login full = server.login("tls_only", address, "sslmode", "verify-full", "sslrootcert", path("ca.crt"));
        assertRefused(full, "127.0.0.1");
        assertThat(encrypted(server.login("tls_only", address, "sslmode", "verify-ca", "sslrootcert", path("ca.crt"))))
                .isEqualTo("t");
    }

    @Test
    void anExpiredCertificateIsRefusedWhereItCounts() throws Exception {
        Identity before = server.issued(Kind.EC, "localhost", Duration.ofDays(1), "localhost");
        server.become(server.issued(Kind.RSA, "localhost", Duration.ofDays(-1), "localhost"));
        try {
            Login strict = server.login("tls_only", "localhost", "sslmode", "verify-ca", "sslrootcert", path("ca.crt"));
            untilReloaded(() -> assertRefused(strict, "its certificate has expired"));
            assertThat(encrypted(server.login("tls_only", "localhost", "sslmode", "require")))
                    .isEqualTo("t");
        } finally {
            server.become(before);
            Login login = server.login("tls_only", "localhost", "sslmode", "verify-ca", "sslrootcert", path("ca.crt"));
            untilReloaded(() -> assertThat(encrypted(login)).isEqualTo("t"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateOpensTheDoor(Kind kind) throws Exception {
        server.write("client", server.issued(kind, "certified", Duration.ofDays(1)));
        assertThat(encrypted(certified())).isEqualTo("t");
    }

    @Test
    void withoutACertificateTheDoorStaysShut() throws Exception {
        assertRefused(
                server.login("certified", "localhost", "sslmode", "require"),
                "refuses user 'certified'",
                "certificate");
        server.write("client", server.issued(Kind.EC, "somebody", Duration.ofDays(1)));
        assertRefused(certified(), "refuses user 'certified'");
    }

    @Test
    void keysAreReadInAllTheirForms() throws Exception {
        Identity rsa = server.issued(Kind.RSA, "certified", Duration.ofDays(1));
        server.write("client", rsa);
        byte[] encoded = rsa.keys().getPrivate().getEncoded();
        Files.write(server.path("client.key"), encoded);
        assertThat(encrypted(certified())).as("PKCS #8 in DER").isEqualTo("t");
        int header = 26;
        byte[] old = Arrays.copyOfRange(encoded, header, encoded.length);
        server.writeKey("client", Certificates.pem("RSA PRIVATE KEY", old));
        assertThat(encrypted(certified())).as("PKCS #1").isEqualTo("t");
        Identity curve = server.issued(Kind.EC, "certified", Duration.ofDays(1));
        server.write("client", curve);
        server.writeKey("client", Certificates.pem("EC PRIVATE KEY", Certificates.sec1(curve.keys())));
        assertThat(encrypted(certified())).as("SEC 1").isEqualTo("t");
    }

    @Test
    void aKeyThatOthersMayReadOrThatIsNoneIsRefused() throws Exception {
        server.write("client", server.issued(Kind.EC, "certified", Duration.ofDays(1)));
        Files.setPosixFilePermissions(server.path("client.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(certified(), "client.key", "chmod 600");
        server.writeKey("client", "nothing");
        assertRefused(certified(), "client.key", "holds no private key");
        server.writeKey("client", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
        assertRefused(certified(), "client.key", "ENCRYPTED PRIVATE KEY");
        Login keyless = server.login("certified", "localhost", "sslmode", "require", "sslcert", path("client.crt"));
        assertRefused(keyless, "wants its sslkey");
    }

    @Test
    void aPasswordInClearIsSaidUnderEncryptionOnly() throws Exception {
        assertThat(encrypted(server.login("clear", "localhost", "sslmode", "require")))
                .isEqualTo("t");
    }

    @Test
    void aLoginIsBoundToTheEncryption() throws Exception {
        Login login = server.login("tls_only", "localhost", "sslmode", "require");
        assertThatThrownBy(() -> loginBoundTo(login, Optional.of(new byte[32])))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("SCRAM channel binding check failed");
        loginBoundTo(login, Optional.empty());
    }

    private static void loginBoundTo(Login login, Optional<byte[]> binding) throws Exception {
        Tls tls = Tls.of(SslMode.REQUIRE, "localhost", new TlsFiles(login.parameters(), folder));
        try (WireSocket socket =
                WireSocket.connect(new InetSocketAddress("localhost", server.port()), Duration.ofSeconds(5))) {
            socket.hurry(Deadline.in(Host.system(), Duration.ofSeconds(10)));
            assertThat(socket.encrypt(tls)).isTrue();
            new WireLogin(
                            login,
                            new WireInput(socket.input(), 1 << 20, Lull.NONE),
                            new WireOutput(socket.output()),
                            new ScramOffer(true, binding, "0123456789abcdef"))
                    .run("binding");
        }
    }

    @Test
    void aCancelRequestIsEncryptedToo() throws Exception {
        Login login = server.login("postgres", "localhost", "sslmode", "verify-full", "sslrootcert", path("ca.crt"));
        try (Channel channel = connect(login)) {
            AtomicBoolean ended = new AtomicBoolean();
            Thread canceller = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    channel.cancel();
                }
            });
            assertThatThrownBy(() -> channel.query("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            PostgresException.class, e -> assertThat(e.state()).isEqualTo("57014"));
            ended.set(true);
            canceller.join();
        }
    }

    private static Login certified() {
        return server.login(
                "certified",
                "localhost",
                "sslmode",
                "require",
                "sslcert",
                path("client.crt"),
                "sslkey",
                path("client.key"));
    }

    private static String path(String file) {
        return server.path(file).toString();
    }

    private static Channel connect(Login login) throws PostgresException {
        return new WireConnector(login, "tls test", Duration.ofSeconds(10), Duration.ofMinutes(1), Host.system())
                .connect();
    }

    private static String encrypted(Login login) throws PostgresException {
        try (Channel channel = connect(login)) {
            return channel.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                    .getFirst()
                    .text(0);
        }
    }

    private static void assertRefused(Login login, String... parts) {
        PostgresSource source = new PostgresSource(PostgresOptions.DEFAULT, Host.system());
        assertThatThrownBy(() ->
                        source.open(login, SourceSettings.named("tls test")).close())
                .isInstanceOfSatisfying(FreshetException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
                    assertThat(refusal.getMessage()).contains(parts).doesNotContain(TlsServer.PASSWORD);
                });
    }

    /// The server reads its files again when it finds the time.
    private static void untilReloaded(ThrowingRunnable check) throws Exception {
        long start = System.nanoTime();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError | PostgresException notYet) {
                if (Duration.ofNanos(System.nanoTime() - start).toSeconds() > 20) {
                    throw notYet;
                }
            }
        }
    }

    private interface ThrowingRunnable {
        void run() throws PostgresException;
    }
}
