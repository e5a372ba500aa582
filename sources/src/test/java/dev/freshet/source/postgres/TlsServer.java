package dev.freshet.source.postgres;

import dev.freshet.ingest.Login;
import dev.freshet.source.postgres.Certificates.Identity;
import dev.freshet.source.postgres.Certificates.Kind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A PostgreSQL that encrypts, with a certificate for `localhost` from an authority of its own. Of its users `tls_only`
/// and `clear` may come encrypted only, `plain_only` unencrypted only, and `certified` by a certificate.
final class TlsServer implements AutoCloseable {
    static final String PASSWORD = "c4n@ry:S3cr/et?";

    private final Path folder;
    private final Identity authority;
    private final EmbeddedPostgres server;

    TlsServer(Path folder) throws GeneralSecurityException, IOException, SQLException {
        this.folder = folder;
        this.authority = Certificates.authority("Freshet test authority");
        Files.writeString(path("ca.crt"), authority.certificatePem());
        write("server", issued(Kind.EC, "localhost", Duration.ofDays(1), "localhost"));
        this.server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_ca_file", path("ca.crt").toString())
                .setServerConfig("ssl_cert_file", path("server.crt").toString())
                .setServerConfig("ssl_key_file", path("server.key").toString())
                .start();
        for (String role : List.of("tls_only", "plain_only", "clear", "certified")) {
            run("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, PASSWORD));
        }
        Files.writeString(Path.of(run("SHOW hba_file")), """
                host all postgres all trust
                hostssl all tls_only all scram-sha-256
                hostnossl all plain_only all scram-sha-256
                hostssl all clear all password
                hostnossl all clear all reject
                hostssl all certified all cert
                """);
        run("SELECT pg_reload_conf()");
    }

    /// Runs a statement and returns the first value of its answer, if there is one.
    String run(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            return rows && statement.getResultSet().next()
                    ? statement.getResultSet().getString(1)
                    : "";
        }
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    int port() {
        return server.getPort();
    }

    Identity issued(Kind kind, String name, Duration valid, String... hosts) throws GeneralSecurityException {
        return Certificates.issued(authority, kind, name, valid, List.of(hosts));
    }

    /// Writes certificate and key of an identity; nobody else may read the key.
    void write(String name, Identity identity) throws GeneralSecurityException, IOException {
        Files.writeString(path(name + ".crt"), identity.certificatePem());
        writeKey(name, identity.keyPem());
    }

    void writeKey(String name, String content) throws IOException {
        Files.writeString(path(name + ".key"), content);
        Files.setPosixFilePermissions(path(name + ".key"), PosixFilePermissions.fromString("rw-------"));
    }

    /// Shows another certificate from now on.
    void become(Identity identity) throws GeneralSecurityException, IOException, SQLException {
        write("server", identity);
        run("SELECT pg_reload_conf()");
    }

    /// A login with parameters given as names and values.
    Login login(String user, String host, String... parameters) {
        Map<String, String> given = new HashMap<>(Map.of("connect_timeout", "10"));
        for (int i = 0; i < parameters.length; i += 2) {
            given.put(parameters[i], parameters[i + 1]);
        }
        return new Login("postgres", host, port(), "postgres", user, PASSWORD, given);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
