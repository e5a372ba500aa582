package dev.freshet.event;

import java.io.IOException;
import java.nio.file.Path;

/// Another process that records on the same machine: says what it takes for left by dead ones.
final class SpillProbe {
    private SpillProbe() {}

    /// @param arguments the folder of the spill
    public static void main(String[] arguments) throws IOException {
        Spill spill = Spill.open(Path.of(arguments[0]), "probe", 1 << 20);
        System.out.println("dead: " + spill.dead());
        spill.left().forEach(left -> left.journal().close());
        spill.close();
    }
}
