package planted.house.host;

import java.util.concurrent.atomic.AtomicInteger;

final class Counter {
    static final AtomicInteger COUNT = new AtomicInteger();

    private Counter() {}
}
