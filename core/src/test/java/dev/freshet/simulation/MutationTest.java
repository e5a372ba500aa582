package dev.freshet.simulation;

import static org.assertj.core.api.Assertions.fail;

import dev.freshet.host.Guard;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Takes one guard of the protocol away, and sees that the damage is noticed. A simulation that finds nothing without a
/// guard would say nothing with it.
class MutationTest {
    private static final int MOST_SEEDS = 1000;

    @Test
    void aCommitThatIsNotDecidedAgainIsCaught() {
        caught(Guard.EXACT_VERSION, Story.Kind.FAIR, "");
    }

    @Test
    void aReleaseWithoutLookingAtTheTokenIsCaught() {
        caught(Guard.TOKEN, Story.Kind.FAIR, "while it was at work");
    }

    @Test
    void aCommitUnderALowerFenceIsCaught() {
        caught(Guard.FENCE, Story.Kind.FAIR, "fence");
    }

    @Test
    void aReclaimThatDoesNotRaiseTheFenceIsCaught() {
        caught(Guard.RAISE, Story.Kind.FAIR, "had begun");
    }

    @Test
    void aDueTimeThatIsSettledAgainIsCaught() {
        caught(Guard.ADOPTION, Story.Kind.FAIR, "settled before");
    }

    @Test
    void aPutTakenForFailedBecauseItHadNoAnswerIsCaught() {
        caught(Guard.REPEATED_PUT, Story.Kind.FAIR, "");
    }

    @Test
    void aPutIntoANumberThatWasCleanedIsCaught() {
        caught(Guard.BASE_STANDS, Story.Kind.SLEEPY, "");
    }

    @Test
    void aLeaseThatExpiresByTheClockOnTheWallIsCaught() {
        caught(Guard.MONOTONIC_OBSERVER, Story.Kind.FAIR, "silent");
    }

    @Test
    void aHolderThatDoesNotStopInTimeIsCaught() {
        caught(Guard.EARLY_STOP, Story.Kind.FAIR, "had given the task to another");
    }

    @Test
    void aRowReplacedInTwoCommitsIsCaught() {
        caught(Guard.SINGLE_COMMIT, Story.Kind.FAIR, "");
    }

    private static void caught(Guard guard, Story.Kind kind, String damage) {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            Outcome story = Simulation.play(kind, seed, Set.of(guard), _ -> {});
            if (story.violations().stream().anyMatch(violation -> violation.contains(damage))) {
                return;
            }
        }
        fail("no seed up to %d shows that %s is missing", MOST_SEEDS, guard);
    }
}
