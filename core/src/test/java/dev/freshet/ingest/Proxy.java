package dev.freshet.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between a client and a server, and can break what is between them in the ways that networks do.
public final class Proxy implements AutoCloseable {
    private final ServerSocket socket;
    private final int target;
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> servers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicLong passed = new AtomicLong();
    private volatile long most = Long.MAX_VALUE;

    public Proxy(int target) throws IOException {
        this(InetAddress.getLoopbackAddress(), target);
    }

    public Proxy(InetAddress address, int target) throws IOException {
        this.socket = new ServerSocket(0, 50, address);
        this.target = target;
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// Answers everybody with a reset.
    public void reset() throws IOException {
        for (Socket client : clients) {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    /// Keeps all connections and lets nothing through any more.
    public void swallow() {
        swallowAfter(0);
    }

    /// The same once so many bytes have passed.
    public void swallowAfter(long bytes) {
        most = bytes;
    }

    /// Whether it has begun to let nothing through.
    public boolean swallows() {
        return passed.get() > most;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                clients.add(client);
                servers.add(server);
                pump(client, server);
                pump(server, client);
            }
        } catch (IOException _) {
            // The test has ended.
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofPlatform().daemon().name("proxy pump").start(() -> {
            try (from;
                    to) {
                byte[] data = new byte[64 << 10];
                for (int read = from.getInputStream().read(data);
                        read >= 0;
                        read = from.getInputStream().read(data)) {
                    if (passed.addAndGet(read) > most) {
                        open.await();
                    }
                    to.getOutputStream().write(data, 0, read);
                }
            } catch (IOException | InterruptedException _) {
                // One of the two has gone.
            }
        });
    }

    @Override
    public void close() throws IOException {
        open.countDown();
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
        for (Socket server : servers) {
            server.close();
        }
    }
}
