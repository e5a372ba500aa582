package dev.freshet.bench;

import dev.freshet.host.Host;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.Runner;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.nio.file.Path;

/// One process of a [StartsRun]: serves a lake until its standard input ends.
final class StartsProcess {
    private StartsProcess() {}

    /// @param arguments the lake's folder and the pod's name
    public static void main(String[] arguments) throws IOException {
        RunListener listener = new RunListener() {
            @Override
            public void warning(String message) {
                System.err.println(arguments[1] + ": " + message);
            }
        };
        try (Store store = LocalStore.open(Path.of(arguments[0]));
                Runner runner = NoOps.runner(store, Host.system(), arguments[1], listener)) {
            runner.start();
            while (System.in.read() >= 0) {
                // only its end means something
            }
        }
    }
}
