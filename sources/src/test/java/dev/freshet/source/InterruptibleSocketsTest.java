package dev.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptibleSocketsTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final InterruptibleSockets sockets = new InterruptibleSockets();

    @Test
    void anInterruptEndsWhatWaitsForAnAnswerThatNeverComes() throws Exception {
        assertEndsWhenInterrupted(0);
    }

    @Test
    void anInterruptEndsItAlsoBeforeItsTimeIsUp() throws Exception {
        assertEndsWhenInterrupted(Math.toIntExact(Duration.ofHours(1).toMillis()));
    }

    private void assertEndsWhenInterrupted(int timeout) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                Socket socket = sockets.createSocket(HERE, server.getLocalPort())) {
            socket.setSoTimeout(timeout);
            InputStream input = socket.getInputStream();
            var thrown = new AtomicReference<IOException>();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    input.read();
                } catch (IOException e) {
                    thrown.set(e);
                }
            });
            reader.interrupt();
            reader.join();
            assertThat(thrown.get()).isNotNull();
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void everyWayToMakeOneReachesTheServer() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 4, HERE)) {
            int port = server.getLocalPort();
            String host = HERE.getHostAddress();
            assertReaches(sockets.createSocket(HERE, port), server);
            assertReaches(sockets.createSocket(host, port), server);
            assertReaches(sockets.createSocket(HERE, port, HERE, 0), server);
            assertReaches(sockets.createSocket(host, port, HERE, 0), server);
        }
    }

    private static void assertReaches(Socket socket, ServerSocket server) throws IOException {
        try (socket;
                Socket other = server.accept()) {
            other.getOutputStream().write('!');
            assertThat(socket.getInputStream().read()).isEqualTo('!');
        }
    }

    @Test
    void whereNobodyListensItSaysSo() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, HERE)) {
            port = server.getLocalPort();
        }
        assertThatThrownBy(() -> sockets.createSocket(HERE, port)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> sockets.createSocket(HERE, port, HERE, 0)).isInstanceOf(IOException.class);
    }
}
