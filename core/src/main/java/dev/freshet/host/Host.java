package dev.freshet.host;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The machine as seen by everything that coordinates: its clocks, waits, threads and random values. Whatever
/// decides anything takes these from here and from nowhere else, so that a simulator can drive the real code with
/// one thread, one seed and virtual time. Safe for use by many threads.
public interface Host {
    /// The wall clock, for timestamps and due times only. It may be wrong and may jump, so it never decides who
    /// owns what.
    Instant now();

    /// A ticker in nanoseconds that never runs backwards in this process and means nothing in another one.
    long nanos();

    /// The only way to wait: code that waits for something polls it with this, without monitors, latches or
    /// futures.
    void sleep(Duration duration) throws InterruptedException;

    /// Runs the body, which mostly waits for files, on a virtual thread of its own. What the body throws is its own
    /// affair: it must catch and report.
    Work start(String name, Runnable body);

    /// The same on a platform thread, for a body that computes, so that nobody waits for its turn behind it; for one
    /// that others depend on to go on in time; and for one that waits for a network, since the Java runtime ends 0.3
    /// seconds later once a virtual thread did.
    default Work startApart(String name, Runnable body) {
        return start(name, body);
    }

    RandomGenerator random();

    /// An identifier that nobody else will make: 32 lower-case hexadecimal digits from [#random()].
    default String newId() {
        byte[] bytes = new byte[16];
        random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Marks a named point between two steps, such as "after the data commit and before the release". Does nothing
    /// unless a test asked to stop a process exactly there.
    void reach(String point);

    /// Whether a rule of the coordination protocol is kept. Always true but in a test that takes one away, to see that
    /// the damage is noticed.
    default boolean keeps(Guard guard) {
        return true;
    }

    /// The real machine. It stops for ever at the point that the system property `freshet.test.pause_at` names, and for
    /// a while at the point that the content of the file in `freshet.test.hold_file` names, as long as it does.
    static Host system() {
        return new SystemHost();
    }
}
