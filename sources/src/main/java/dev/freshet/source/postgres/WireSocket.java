package dev.freshet.source.postgres;

import dev.freshet.source.InterruptibleSockets;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// A socket to a server, encrypted or not. Used by one thread; [#close()] may come from any, and ends what the other
/// one waits for.
final class WireSocket implements AutoCloseable {
    private static final int ENCRYPTION_REQUEST = 80_877_103;

    /// A network that swallows everything is noticed after 30 s of silence and three more questions of 10 s.
    private static final int IDLE_SECONDS = 30;

    private static final int PROBE_SECONDS = 10;
    private static final int PROBES = 3;

    private static final SocketFactory SOCKETS = new InterruptibleSockets();

    private final Socket bare;
    private @Nullable SSLSocket encrypted;
    private @Nullable Deadline deadline;

    private WireSocket(Socket bare) {
        this.bare = bare;
    }

    static WireSocket connect(InetSocketAddress address, Duration timeout) throws PostgresException {
        try {
            WireSocket socket = new WireSocket(SOCKETS.createSocket());
            socket.connected(address, timeout);
            return socket;
        } catch (IOException e) {
            throw new PostgresException(PostgresException.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private void connected(InetSocketAddress address, Duration timeout) throws IOException {
        try {
            bare.setTcpNoDelay(true);
            bare.setKeepAlive(true);
            option(bare, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
            option(bare, ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_SECONDS);
            option(bare, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
            bare.connect(address, Math.toIntExact(timeout.toMillis()));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private static void option(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    /// Asks for encryption, and returns whether the server is willing. What follows its answer is read by TLS alone, so
    /// that nobody in between slips words in.
    boolean encrypt(Tls tls) throws PostgresException {
        new WireOutput(output()).begin().int4(ENCRYPTION_REQUEST).send();
        switch (read()) {
            case 'S' -> {
                encrypted = tls.over(bare);
                return true;
            }
            case 'N' -> {
                return false;
            }
            case -1 -> throw WireInput.lost(new EOFException());
            default -> throw WireInput.violation("an answer to the wish for encryption that is neither S nor N");
        }
    }

    private int read() throws PostgresException {
        try {
            return bare.getInputStream().read();
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    /// Waits until the server has closed the connection.
    void awaitEnd() throws PostgresException {
        try {
            byte[] word = new byte[64];
            while (input().read(word, 0, word.length) >= 0) {
                // Nobody wants to know.
            }
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    InputStream input() throws PostgresException {
        try {
            return new TimelyInput(socket().getInputStream());
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    OutputStream output() throws PostgresException {
        try {
            return socket().getOutputStream();
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    private Socket socket() {
        return encrypted == null ? bare : encrypted;
    }

    /// The certificate that the server has shown; empty without encryption.
    Optional<X509Certificate> certificate() throws PostgresException {
        return encrypted == null ? Optional.empty() : Optional.of(Tls.certificate(encrypted));
    }

    /// All that is read from now on must have come by the deadline.
    void hurry(Deadline before) throws PostgresException {
        deadline = before;
        try {
            bare.setSoTimeout(before.millis());
        } catch (IOException e) {
            throw WireInput.lost(e);
        }
    }

    /// From now on there is no deadline, but each read may wait only so long.
    void patience(Duration patience) throws PostgresException {
        try {
            deadline = null;
            bare.setSoTimeout(Math.toIntExact(patience.toMillis()));
        } catch (SocketException e) {
            throw WireInput.lost(e);
        }
    }

    /// Closes the socket below the encryption, whose own farewell could wait for the other side.
    @Override
    public void close() {
        try {
            bare.close();
        } catch (IOException _) {
            // It is gone either way.
        }
    }

    /// Keeps the deadline however slowly the bytes trickle in.
    private final class TimelyInput extends FilterInputStream {
        TimelyInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (deadline != null) {
                bare.setSoTimeout(deadline.millis());
            }
            return in.read(into, from, length);
        }
    }
}
