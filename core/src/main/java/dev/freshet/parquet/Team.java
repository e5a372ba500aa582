package dev.freshet.parquet;

import dev.freshet.host.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Several threads, the caller's and helpers that live as long as one round. Each column is one thread's at a time; the
/// first failure ends the round. Confined to one calling thread.
final class Team implements Crew {
    private static final Duration PAUSE = Duration.ofNanos(20_000);

    private final Host host;
    /// One for each thread, the caller's first.
    private final List<PageSpace> spaces;

    Team(Host host, List<PageSpace> spaces) {
        this.host = host;
        this.spaces = List.copyOf(spaces);
    }

    @Override
    public void each(int columns, Work work) throws IOException {
        Round round = new Round(columns, work);
        for (int i = 1; i < Math.min(spaces.size(), columns); i++) {
            PageSpace space = spaces.get(i);
            host.startApart("encode-" + i, () -> round.help(space));
        }
        round.help(spaces.getFirst());
        await(round);
        round.rethrow();
    }

    /// Helpers that never got a turn find nothing left to do, so nobody waits for them.
    private void await(Round round) {
        boolean interrupted = false;
        while (!round.over()) {
            try {
                host.sleep(PAUSE);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public PageSpace first() {
        return spaces.getFirst();
    }

    @Override
    public long bytes() {
        long sum = 0;
        for (PageSpace space : spaces) {
            sum += space.bytes();
        }
        return sum;
    }

    /// The columns of one call, handed out one by one.
    private static final class Round {
        private final int columns;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Round(int columns, Work work) {
            this.columns = columns;
            this.work = work;
        }

        void help(PageSpace space) {
            for (int column = next.getAndIncrement(); column < columns; column = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        work.run(column, space);
                    }
                } catch (IOException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.incrementAndGet();
                }
            }
        }

        boolean over() {
            return done.get() >= columns;
        }

        void rethrow() throws IOException {
            switch (failure.get()) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }
}
