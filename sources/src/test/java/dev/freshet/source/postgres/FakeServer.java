package dev.freshet.source.postgres;

import dev.freshet.ingest.Login;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A server that lets everybody in and then does what its script says, once for each connection.
final class FakeServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;

    interface Script {
        void play(Stage stage) throws IOException;
    }

    FakeServer(Script script) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.script = script;
        Thread.ofPlatform().daemon().name("fake server").start(this::serve);
    }

    Login login(String... parameters) {
        return new Login(
                "postgres",
                "localhost",
                socket.getLocalPort(),
                "db",
                "user",
                "c4n@ry:S3cr/et?",
                parameters.length == 0 ? Map.of("sslmode", "disable") : Map.of(parameters[0], parameters[1]));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setTcpNoDelay(true);
                script.play(new Stage(client));
            } catch (IOException _) {
                // The client has gone, or the test has ended.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// One connection, seen from the server.
    static final class Stage {
        private final Socket client;
        private final DataInputStream in;
        private final DataOutputStream out;

        Stage(Socket client) throws IOException {
            this.client = client;
            this.in = new DataInputStream(client.getInputStream());
            this.out = new DataOutputStream(client.getOutputStream());
        }

        /// Reads the start-up message, or whatever has no type.
        byte[] untyped() throws IOException {
            return in.readNBytes(in.readInt() - Integer.BYTES);
        }

        /// Reads a message and returns its content.
        String typed() throws IOException {
            in.readByte();
            return new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.UTF_8);
        }

        void send(byte... bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        void message(char type, byte... content) throws IOException {
            send(bytes(type, content));
        }

        static byte[] bytes(char type, byte... content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream message = new DataOutputStream(bytes);
            message.writeByte(type);
            message.writeInt(content.length + Integer.BYTES);
            message.write(content);
            return bytes.toByteArray();
        }

        /// Sends the header of a message that is never sent itself.
        void claim(char type, int length) throws IOException {
            out.writeByte(type);
            out.writeInt(length);
            out.flush();
        }

        void error(String state, String text) throws IOException {
            message(
                    'E',
                    ("SFATAL\0C" + state + "\0M" + text + "\0DIn detail\0HA hint\0\0")
                            .getBytes(StandardCharsets.UTF_8));
        }

        /// Lets the client in and reads its question.
        String letIn() throws IOException {
            untyped();
            welcome();
            return typed();
        }

        void welcome() throws IOException {
            message('R', (byte) 0, (byte) 0, (byte) 0, (byte) 0);
            message('S', "server_version\00018\0".getBytes(StandardCharsets.UTF_8));
            message('K', new byte[12]);
            ready();
        }

        void ready() throws IOException {
            message('Z', (byte) 'I');
        }

        /// Begins a copy.
        void copy() throws IOException {
            message('H', (byte) 1, (byte) 0, (byte) 0);
        }

        /// Closes the connection so that the client's next read fails.
        void reset() throws IOException {
            client.setSoLinger(true, 0);
            client.close();
        }

        /// Says nothing until the client goes.
        void beSilent() throws IOException {
            while (in.read() >= 0) {
                // What it says is of no interest.
            }
        }
    }
}
