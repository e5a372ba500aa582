package dev.freshet.simulation;

/// The process of the thread that gets this is dead. Nothing may catch it and go on.
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
