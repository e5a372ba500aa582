package dev.freshet.cli.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// The port chosen at the first start and kept in a file, changed only when another program took it meanwhile.
final class Port {
    private final Path file;
    private int number;

    private Port(Path file, int number) {
        this.file = file;
        this.number = number;
    }

    static Port keptIn(Path home) throws IOException {
        Path file = home.resolve("port");
        int kept = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
        return new Port(file, kept);
    }

    int number() {
        return number;
    }

    /// Makes sure that the port is free, or takes another.
    void free() throws IOException {
        if (number == 0 || !isFree(number)) number = anyFree();
        Files.writeString(file, number + "\n");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private static int anyFree() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
