package dev.freshet.maintain;

import dev.freshet.maintain.Maintained.Files;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeadFiles;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.FileGroup;
import dev.freshet.table.Snapshot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What maintenance would do to a table now. Reads, and changes nothing.
record MaintainPlan(Rules rules, DeltaTable table, Instant now) {
    Maintained of(Snapshot snapshot) {
        List<DataFile> old =
                rules.oldRows(snapshot, now).map(rows -> rows.files(snapshot)).orElse(List.of());
        Set<DataFile> going = new HashSet<>(old);
        List<FileGroup> groups = rules.groups(snapshot).stream()
                .filter(group -> group.files().stream().noneMatch(going::contains))
                .toList();
        List<DataFile> small =
                groups.stream().flatMap(group -> group.files().stream()).toList();
        DeadFiles dead = table.dead(rules.terms().logs().files(), rules.needed(), now);
        Maintained planned = Maintained.nothingOf(rules.folder().name(), snapshot)
                .withExpired(files(old))
                .withJoined(files(small), groups.size())
                .withCleaned(table.cleanable(rules.logs(), rules.needed()))
                .withDead(new Files(dead.count(), dead.bytes()));
        return rules.refusal(snapshot).map(planned::withRefusal).orElse(planned);
    }

    static Files files(List<DataFile> files) {
        return new Files(files.size(), files.stream().mapToLong(DataFile::bytes).sum());
    }
}
