package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens connections of our own to one server, in the ways that `sslmode` allows.
final class WireConnector {
    /// To connect, and again to be heard: a cancelled run ends within a second, whatever becomes of the request.
    private static final Duration CANCEL_PATIENCE = Duration.ofMillis(450);

    private final Login login;
    private final String application;
    private final Duration connectTimeout;
    private final Duration silence;
    private final Host host;
    private final SslMode mode;

    WireConnector(Login login, String application, Duration connectTimeout, Duration silence, Host host) {
        this.login = login;
        this.application = application;
        this.connectTimeout = connectTimeout;
        this.silence = silence;
        this.host = host;
        this.mode = SslMode.of(login.parameters().getOrDefault("sslmode", "prefer"));
    }

    Channel connect() throws PostgresException {
        Optional<Tls> tls = mode == SslMode.DISABLE ? Optional.empty() : Optional.of(tls());
        try {
            return connect(tls.filter(_ -> mode.encryptsFirst()));
        } catch (PostgresException e) {
            if (mode.insists() || tls.isEmpty() || !anotherWayMayDo(e)) {
                throw e;
            }
            return connect(tls.filter(_ -> !mode.encryptsFirst()));
        }
    }

    private Tls tls() throws PostgresException {
        Path home = Path.of(System.getProperty("user.home"));
        return Tls.of(mode, login.host(), new TlsFiles(login.parameters(), home));
    }

    private static boolean anotherWayMayDo(PostgresException e) {
        return e.state().equals(PostgresException.NOT_THIS_WAY) || e.state().equals(PostgresException.UNTRUSTED);
    }

    /// Tries all addresses that the host has.
    private Channel connect(Optional<Tls> tls) throws PostgresException {
        PostgresException failure = null;
        for (InetAddress address : addresses()) {
            try {
                return connect(new InetSocketAddress(address, login.port()), tls);
            } catch (PostgresException e) {
                if (!e.state().equals(PostgresException.UNREACHABLE)) {
                    throw e;
                }
                failure = e;
            }
        }
        throw failure == null ? new PostgresException(PostgresException.UNREACHABLE, "it has no address") : failure;
    }

    private InetAddress[] addresses() throws PostgresException {
        try {
            return InetAddress.getAllByName(login.host());
        } catch (UnknownHostException e) {
            throw new PostgresException(PostgresException.UNREACHABLE, "no host of that name", e);
        }
    }

    private Channel connect(InetSocketAddress address, Optional<Tls> tls) throws PostgresException {
        WireSocket socket = WireSocket.connect(address, connectTimeout);
        try {
            socket.hurry(Deadline.in(host, connectTimeout.multipliedBy(2)));
            boolean encrypted = tls.isPresent() && socket.encrypt(tls.get());
            if (mode.insists() && !encrypted) {
                throw new PostgresException(PostgresException.UNTRUSTED, "it does not encrypt");
            }
            Channel channel = introduce(socket, key -> cancel(key, address, tls.filter(_ -> encrypted)));
            socket.patience(silence);
            return channel;
        } catch (PostgresException e) {
            socket.close();
            throw e;
        }
    }

    private Channel introduce(WireSocket socket, Consumer<CancelKey> canceller) throws PostgresException {
        Lull lull = socket.certificate().isPresent() ? Lull.NONE : Lull.of(host);
        WireInput input = new WireInput(socket.input(), WireInput.roomForMessage(), lull);
        WireOutput output = new WireOutput(socket.output());
        ScramOffer offer = ScramOffer.to(socket.certificate(), host.random());
        CancelKey key = new WireLogin(login, input, output, offer).run(application);
        return new WireChannel(socket, input, output, key, canceller);
    }

    /// Brings a key to the server and waits until it was heard.
    private void cancel(CancelKey key, InetSocketAddress address, Optional<Tls> tls) {
        if (!key.usable()) {
            return;
        }
        try (WireSocket socket = WireSocket.connect(address, CANCEL_PATIENCE)) {
            socket.hurry(Deadline.in(host, CANCEL_PATIENCE));
            if (tls.isEmpty() || socket.encrypt(tls.get())) {
                key.send(new WireOutput(socket.output()));
                socket.awaitEnd();
            }
        } catch (PostgresException _) {
            // The server notices the closed connection instead.
        }
    }
}
