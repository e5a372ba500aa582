package dev.freshet.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Answers, before they are asked, questions for which the Java runtime and SLF4J would look through all jars: to open
/// them takes longer than a small copy.
final class Lookups {
    private static final String SELECTORS = "java.nio.channels.spi.SelectorProvider";

    /// The one that the Java runtime takes on Linux when it has found no other.
    private static final String USUAL_SELECTORS = "sun.nio.ch.EPollSelectorProvider";

    private Lookups() {}

    /// Who takes the log lines, and who waits for sockets.
    static void settle() {
        System.setProperty("slf4j.provider", LogProvider.class.getName());
        System.setProperty("slf4j.internal.verbosity", "WARN");
        try {
            Class.forName(USUAL_SELECTORS, false, null);
            System.setProperty(SELECTORS, USUAL_SELECTORS);
        } catch (ClassNotFoundException _) {
            // Another system has another one, and finds it by itself.
        }
    }

    /// Who finds the addresses of hosts. It is looked for once, with the loader of the thread that first asks for one.
    static void settleHosts() {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            var _ = InetAddress.getByName("localhost");
        } catch (UnknownHostException _) {
            // Strange, but who looks for addresses is known.
        } finally {
            thread.setContextClassLoader(usual);
        }
    }
}
