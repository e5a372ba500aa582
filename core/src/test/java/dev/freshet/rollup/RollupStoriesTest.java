package dev.freshet.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few of the stories that `bench/run rollup-schedules` plays a thousand of.
class RollupStoriesTest {
    private static final int SEEDS = 50;

    @TempDir
    Path folder;

    @Test
    void whateverHappensToTheFactsTheRollupEqualsItsRecomputation() throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            play(seed);
        }
    }

    /// A late fact below the floor once made the next backfill begin before it.
    @Test
    void soItDidNotInTheStoryOfASeedThatFoundAFault() throws IOException {
        play(1259);
    }

    private void play(long seed) throws IOException {
        RollupStory story = new RollupStory(Files.createDirectory(folder.resolve("s" + seed)), seed, Safeguards.ALL);
        assertThat(story.play())
                .as(() -> "what happened: " + String.join("\n", story.told()))
                .isEmpty();
    }
}
