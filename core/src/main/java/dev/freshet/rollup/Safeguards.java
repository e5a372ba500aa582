package dev.freshet.rollup;

import java.util.EnumSet;
import java.util.Set;

/// Which of the safeguards are kept: all, except in tests.
record Safeguards(Set<Safeguard> missing) {
    static final Safeguards ALL = new Safeguards(EnumSet.noneOf(Safeguard.class));

    static Safeguards without(Safeguard missing) {
        return new Safeguards(EnumSet.of(missing));
    }

    boolean keeps(Safeguard safeguard) {
        return !missing.contains(safeguard);
    }
}
