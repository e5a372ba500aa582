package dev.freshet.bench;

import dev.freshet.control.ControlUpkeep;
import dev.freshet.host.Host;
import java.io.IOException;
import java.util.Map;

/// What a claim and its release take on a local disk, checkpoint commits included, beside bare durable puts.
record LatencyRun(Samples claims, Samples puts) {
    private static final int WARM_UP = 1000;
    private static final int ROUNDS = 2000;
    private static final int PUT_BYTES = 1024;

    static LatencyRun on(Host host) throws IOException {
        try (ControlLake lake = new ControlLake(host, ControlUpkeep.DEFAULT)) {
            for (int i = 0; i < WARM_UP; i++) {
                lake.claimAndRelease();
            }
            Samples claims = new Samples();
            Samples puts = new Samples();
            for (int i = 0; i < ROUNDS; i++) {
                claims.add(lake.claimAndRelease().wallNanos());
                long start = host.nanos();
                var _ = lake.store().putIfAbsent("raw/" + i, new byte[PUT_BYTES]);
                puts.add(host.nanos() - start);
            }
            return new LatencyRun(claims, puts);
        }
    }

    void into(Map<String, Object> figures) {
        figures.put("claim_release_p50_ms", claims.median());
        figures.put("claim_release_p99_ms", claims.quantile(0.99));
        figures.put("claim_release_max_ms", claims.quantile(1));
        figures.put("raw_put_p50_ms", puts.median());
        figures.put("raw_put_p99_ms", puts.quantile(0.99));
    }
}
