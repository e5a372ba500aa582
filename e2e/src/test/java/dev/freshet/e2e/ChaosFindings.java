package dev.freshet.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Goes over what a chaos run left behind: datasets, their logs, the control table's history, the ledger, and what the
/// processes said.
final class ChaosFindings {
    private final ChaosOptions options;
    private final Lake lake;
    private final Database database;
    private final List<Rhythm> rhythms;
    private final Map<String, DeltaFolder> datasets = new TreeMap<>();

    ChaosFindings(ChaosOptions options, Lake lake, Database database, List<Rhythm> rhythms) {
        this.options = options;
        this.lake = lake;
        this.database = database;
        this.rhythms = rhythms;
        rhythms.forEach(rhythm -> datasets.put(rhythm.id(), lake.dataset(rhythm.id())));
    }

    ChaosReport report(Fleet fleet, ControlLog control, Pauses pauses) {
        Accounts accounts = accounts(fleet);
        Zombies zombies = new Zombies();
        zombies.count(pauses.zombies(), datasets.values());
        List<String> faults = new ArrayList<>(accounts.faults());
        if (control.stillAwaited() > 0) {
            faults.add(control.stillAwaited() + " tasks were never taken over");
        }
        return new ChaosReport(
                options,
                (int) pauses.zombies().stream().filter(Pauses.Zombie::aimed).count(),
                control.takeovers(),
                zombies.attempts(),
                zombies.landed(),
                zombies.refusedBy(),
                equality(),
                control.fencesThatFell()
                        + datasets.values().stream()
                                .mapToInt(ChaosFindings::oldFences)
                                .sum(),
                accounts.sums(),
                fleet.all().size(),
                faults);
    }

    private Accounts accounts(Fleet fleet) {
        Accounts accounts = new Accounts(lake.records());
        rhythms.forEach(rhythm -> accounts.check(rhythm.id(), rhythm.interval(), rhythm.sinceCompletion()));
        datasets.forEach((id, dataset) -> accounts.checkCommits(id, dataset.commits()));
        accounts.checkStarted(fleet.all());
        return accounts;
    }

    private Equality equality() {
        return datasets.entrySet().stream()
                .map(entry -> Equality.of(
                        Traffic.rows(database, entry.getKey()),
                        entry.getValue().select(Traffic.COLUMNS, "ORDER BY id")))
                .reduce(new Equality(0, 0, 0), Equality::plus);
    }

    /// Commits below which a higher fence stands in the log.
    private static int oldFences(DeltaFolder dataset) {
        String highest = "";
        int old = 0;
        for (DeltaFolder.Commit commit : dataset.commits()) {
            String fence = commit.fence().orElse(highest);
            old += fence.compareTo(highest) < 0 ? 1 : 0;
            highest = fence.compareTo(highest) > 0 ? fence : highest;
        }
        return old;
    }
}
