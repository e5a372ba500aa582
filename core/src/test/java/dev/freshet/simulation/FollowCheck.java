package dev.freshet.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Whoever releases a task after a commit to its target, be it the one who committed or who took over from it, requests
/// the task that follows, in that very version of the control table.
final class FollowCheck {
    private final String source;
    private final String follower;
    private final List<TargetCommit> commits;
    private final List<ControlVersion> control;
    private final List<String> violations;

    FollowCheck(
            String source,
            String follower,
            List<TargetCommit> commits,
            List<ControlVersion> control,
            List<String> violations) {
        this.source = source;
        this.follower = follower;
        this.commits = commits;
        this.control = control;
        this.violations = violations;
    }

    void run() {
        Set<String> known = claimsThatKnewTheFollower();
        for (TargetCommit commit : commits) {
            if (!commit.raise()) {
                released(commit)
                        .filter(version -> known.contains(token(version)))
                        .filter(version -> version.rows().get(follower).requestedAt() == null)
                        .ifPresent(version -> violations.add(
                                source + ", target version " + commit.version() + ": version " + version.version()
                                        + " of the control table releases it and does not request " + follower));
            }
        }
    }

    /// The first version after the commit in which nobody holds the task.
    private Optional<ControlVersion> released(TargetCommit commit) {
        return control.stream()
                .filter(version -> version.nanos() > commit.nanos())
                .filter(version -> version.rows().containsKey(source))
                .filter(version -> !version.rows().get(source).processing())
                .findFirst();
    }

    /// Tokens of claims made when the follower's row already named a definition, so that no holder could overlook it.
    private Set<String> claimsThatKnewTheFollower() {
        Set<String> known = new HashSet<>();
        Set<String> earlier = new HashSet<>();
        for (ControlVersion version : control) {
            ControlRow row = version.rows().get(follower);
            boolean claimed = version.rows().containsKey(source) && earlier.add(token(version));
            if (claimed && row != null && row.definitionVersion() != null) {
                known.add(token(version));
            }
        }
        return known;
    }

    private String token(ControlVersion version) {
        return Objects.toString(version.rows().get(source).token());
    }
}
