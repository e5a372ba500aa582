package dev.freshet.event;

/// A thing of an application's domain that can be recorded as it is.
@FunctionalInterface
public interface Recordable {
    Event event();
}
