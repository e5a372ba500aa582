package dev.freshet.host;

/// Something that [Host#start] set going and that ends by itself. Safe for use by many threads; nobody closes it.
public interface Work {
    /// True once the body has returned or thrown. Never goes back to false.
    boolean ended();

    /// Asks the body to end, by interrupting its thread. It may take its time; ask [#ended()].
    void interrupt();
}
