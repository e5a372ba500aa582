package planted.house.control;

import java.time.Instant;
import java.util.function.Supplier;

/// Reads the machine's clock, by a reference too.
final class Clockwatcher {
    Supplier<Instant> clock() {
        return Instant::now;
    }
}
