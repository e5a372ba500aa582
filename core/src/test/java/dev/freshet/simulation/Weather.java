package dev.freshet.simulation;

import java.time.Duration;

/// What the processes of one story have to bear at the moment.
final class Weather {
    private final World world;
    private final Story story;
    private Network network;
    private boolean over;

    Weather(World world, Story story) {
        this.world = world;
        this.story = story;
        this.network = story.network();
    }

    Network network() {
        return network;
    }

    /// No more trouble from now on.
    void clear() {
        network = Network.CALM;
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /// Whether the process is to be stopped between its decision and this put.
    boolean stopsBefore(String key) {
        boolean decided = key.endsWith(".json") && key.contains("/_delta_log/");
        boolean data = key.startsWith("datasets/");
        return decided && !over && world.chance(data ? story.stopsBeforeDataPut() : story.stopsBeforePut());
    }

    /// Mostly around a lease, now and then longer than the log is kept.
    long pauseNanos() {
        Duration lease = story.lease();
        Duration floor = story.floor();
        return world.chance(story.longPauses())
                ? world.between(floor, floor.multipliedBy(3)).toNanos()
                : world.between(lease, lease.multipliedBy(4)).toNanos();
    }

    long latenessNanos() {
        return world.upTo(story.lease().multipliedBy(3));
    }
}
