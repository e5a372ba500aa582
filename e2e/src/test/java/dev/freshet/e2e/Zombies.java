package dev.freshet.e2e;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What processes that had been stopped tried to do under the leases they had lost, and which rule refused it, told by
/// their own logs. What they commit while nobody has raised the fence is valid, and is told by the datasets' logs.
final class Zombies {
    private static final Pattern OF_A_TASK =
            Pattern.compile("(?:table datasets/|ingest:)([^: ]+): (?:run \\w+: |version \\d+ )?(.*)");

    /// What a line of the log begins with, what was tried then, and the rule that refused it.
    private enum Refusal {
        EXACT_VERSION("is another writer's", "commit", "exact_version"),
        FENCE("not committed: another holder has the fence", "commit", "fence"),
        RAISE("another holder has the fence", "commit", "fence"),
        SETTLED("not committed: run ", "commit", "settled"),
        POSITION("not committed: ", "commit", "position"),
        OWN_LEASE("it commits nothing any more", "commit", "own_lease"),
        LEASE_RAN_OUT("its lease ran out before it was released", "release", "own_lease"),
        RENEWAL("another process had taken the task before its lease was renewed", "renewal", "token"),
        RELEASE("another process had taken the task before it was released", "release", "token");

        private final String text;
        private final String attempt;
        private final String rule;

        Refusal(String text, String attempt, String rule) {
            this.text = text;
            this.attempt = attempt;
            this.rule = rule;
        }
    }

    private final Map<String, Integer> refusedBy = new TreeMap<>();
    private int attempts;
    private int landed;

    Zombies() {
        for (Refusal refusal : Refusal.values()) {
            refusedBy.put(refusal.rule, 0);
        }
    }

    Map<String, Integer> refusedBy() {
        return refusedBy;
    }

    int attempts() {
        return attempts;
    }

    int landed() {
        return landed;
    }

    void count(List<Pauses.Zombie> zombies, Collection<DeltaFolder> datasets) {
        for (Pauses.Zombie zombie : zombies) {
            countLines(zombie, zombies);
        }
        datasets.forEach(dataset ->
                dataset.commits().forEach(commit -> zombies.forEach(zombie -> countLanded(zombie, commit))));
        attempts += landed;
    }

    /// A task's lines are about the old run until the process begins a new one.
    private void countLines(Pauses.Zombie zombie, List<Pauses.Zombie> all) {
        Set<String> begunAnew = new HashSet<>();
        Set<String> tried = new HashSet<>();
        Set<String> refused = new HashSet<>();
        for (Pod.Line line : zombie.pod().lines().subList(zombie.linesBefore(), end(zombie, all))) {
            if (line.says("run started")) {
                begunAnew.add(line.json().path("task").asText().replace("ingest:", ""));
            }
            Matcher found = OF_A_TASK.matcher(line.json().path("message").asText());
            if (found.matches() && !begunAnew.contains(found.group(1))) {
                count(found.group(1), found.group(2), tried, refused);
            }
        }
        attempts += tried.size();
    }

    /// Where the next pause of the same process begins.
    private static int end(Pauses.Zombie zombie, List<Pauses.Zombie> all) {
        return all.stream()
                .filter(other -> other.pod() == zombie.pod() && other.linesBefore() > zombie.linesBefore())
                .mapToInt(Pauses.Zombie::linesBefore)
                .min()
                .orElse(zombie.pod().lines().size());
    }

    private void count(String dataset, String text, Set<String> tried, Set<String> refused) {
        for (Refusal refusal : Refusal.values()) {
            if (text.startsWith(refusal.text)) {
                tried.add(refusal.attempt + " of " + dataset);
                if (refused.add(refusal.rule + " " + refusal.attempt + " of " + dataset)) {
                    refusedBy.merge(refusal.rule, 1, Integer::sum);
                }
                return;
            }
        }
    }

    private void countLanded(Pauses.Zombie zombie, DeltaFolder.Commit commit) {
        boolean its = commit.domain("freshet.ingest")
                .filter(mark -> zombie.runs().contains(mark.path("run_id").asText()))
                .isPresent();
        if (its && commit.changesData() && commit.time().isAfter(zombie.resumed())) {
            landed++;
        }
    }
}
