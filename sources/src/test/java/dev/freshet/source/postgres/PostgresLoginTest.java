package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Proxy;
import dev.freshet.source.Reads;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLoginTest {
    private static final String CANARY = "c4n@ry:S3cr/et?";

    private final PostgresDatabase database = PostgresDatabase.started();

    @Test
    void aRoleIsLetInByTheMethodThatItsServerAsksFor() throws Exception {
        database.run(
                "DROP ROLE IF EXISTS by_md5",
                "SET password_encryption = 'md5'",
                "CREATE ROLE by_md5 LOGIN PASSWORD '" + CANARY + "'");
        assertThat(database.print("SELECT left(rolpassword, 3) FROM pg_authid WHERE rolname = 'by_md5'"))
                .isEqualTo("md5");
        assertThat(whoAmI(database.login("by_md5", CANARY))).isEqualTo("by_md5");
        assertThat(whoAmI(database.newUser("by_scram", CANARY))).isEqualTo("by_scram");
        database.newUser("by_trust", "unused");
        assertThat(whoAmI(database.login("by_trust", ""))).isEqualTo("by_trust");
    }

    @Test
    void aPasswordIsNeverSaidInClearWithoutEncryption() {
        Login login = database.newUser("by_word", CANARY);
        assertRefused(login, "in clear and without encryption, which is refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"by_md5_wrong", "by_scram_wrong"})
    void aWrongPasswordIsRefusedByEveryMethod(String role) {
        database.run(
                "DROP ROLE IF EXISTS " + role,
                "SET password_encryption = '%s'".formatted(role.contains("md5") ? "md5" : "scram-sha-256"),
                "CREATE ROLE %s LOGIN PASSWORD 'right'".formatted(role));
        assertRefused(database.login(role, CANARY), "password authentication failed for user \"" + role + "\"");
    }

    @Test
    void aMissingPasswordIsSaidBeforeOneIsAskedFor() {
        database.newUser("by_scram", CANARY);
        assertRefused(database.login("by_scram", ""), "it wants a password, and the dsn has none");
    }

    @Test
    void aRoleWithoutAnEntryIsRefused() {
        assertRefused(database.newUser("outcast", CANARY), "pg_hba.conf rejects connection");
    }

    /// Each is typed in another way than the server stores it, or cannot be brought into one form.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00a0no\u2003break",
                "so\u00adft\u200b",
                "\ufb01ne \u2168 \u212b",
                "\u0041\u030angstr\u00f6m",
                "\u05d0\u05d1 \u05d2",
                "\u05d0bc\u00a0",
                "\ud83d\ude00\ufb01",
                "\u0007\ufb01",
                "\u3002\ufb01",
                "\u00ad",
                "\ud83d\ude00"
            })
    void aPasswordIsBroughtIntoTheFormThatTheServerKnows(String password) throws Exception {
        assertThat(whoAmI(database.newUser("by_scram", password))).isEqualTo("by_scram");
    }

    @Test
    void theServersOperatorsSeeWhoWeAre() throws Exception {
        try (Channel channel = connect(database.admin())) {
            assertThat(channel.query("SELECT application_name, pg_client_encoding() FROM pg_stat_activity"
                                    + " WHERE pid = pg_backend_pid()")
                            .getFirst()
                            .values())
                    .containsExactly("freshet login test", "UTF8");
        }
    }

    @Test
    void anAddressOfTheNewerKindIsReached() throws Exception {
        Login admin = database.admin();
        InetAddress address = InetAddress.getByName("::1");
        Assumptions.assumeTrue(NetworkInterface.getByInetAddress(address) != null, "this machine has no IPv6");
        try (Proxy proxy = new Proxy(address, admin.port())) {
            Login newer = new Login(
                    admin.type(), "::1", proxy.port(), admin.database(), admin.user(), admin.password(), Map.of());
            assertThat(whoAmI(newer)).isEqualTo("postgres");
        }
    }

    private void assertRefused(Login login, String why) {
        assertThatThrownBy(() -> Reads.open(database, login).close())
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("refuses user '" + login.user() + "'")
                .hasMessageContaining(why)
                .hasMessageNotContaining(CANARY);
    }

    private static String whoAmI(Login login) throws PostgresException {
        try (Channel channel = connect(login)) {
            return channel.query("SELECT current_user").getFirst().text(0);
        }
    }

    private static Channel connect(Login login) throws PostgresException {
        return new WireConnector(
                        login, "freshet login test", Duration.ofSeconds(10), Duration.ofMinutes(1), Host.system())
                .connect();
    }
}
