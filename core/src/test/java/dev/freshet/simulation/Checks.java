package dev.freshet.simulation;

import dev.freshet.schedule.Ledger;
import dev.freshet.schedule.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads what is left of a story and says what should not be.
final class Checks {
    private final Archive store;
    private final List<ControlVersion> control;
    private final Journal journal;
    private final Story story;
    private final List<String> violations = new ArrayList<>();

    Checks(Archive store, List<ControlVersion> control, Journal journal, Story story) {
        this.store = store;
        this.control = control;
        this.journal = journal;
        this.story = story;
    }

    List<String> violations() {
        Map<String, List<RunRecord>> runs = new LinkedHashMap<>();
        Map<String, List<TargetCommit>> targets = new LinkedHashMap<>();
        Ledger ledger = new Ledger(store, SimHost.honest(new World(0)));
        for (RunRecord run : ledger.runs()) {
            runs.computeIfAbsent(run.task(), _ -> new ArrayList<>()).add(run);
        }
        for (int i = 0; i < story.tasks(); i++) {
            String task = SimKind.ROLE + ":" + Operator.id(i);
            targets.put(task, TargetCommit.all(store, task));
            runs.putIfAbsent(task, List.of());
        }
        new LeaseCheck(control, journal, story.lease(), violations).run(targets.keySet());
        targets.forEach((task, commits) -> {
            new TargetCheck(task, commits, journal, control, violations).run();
            new AccountCheck(
                            task,
                            commits,
                            runs.getOrDefault(task, List.of()),
                            control,
                            journal,
                            story.floor(),
                            violations)
                    .run();
        });
        String followed = SimKind.ROLE + ":" + Operator.id(Operator.FOLLOWED);
        String follower = SimKind.ROLE + ":" + Operator.id(Operator.FOLLOWER);
        new FollowCheck(followed, follower, targets.getOrDefault(followed, List.of()), control, violations).run();
        new DefinitionCheck(store, journal, violations).run();
        return violations;
    }
}
