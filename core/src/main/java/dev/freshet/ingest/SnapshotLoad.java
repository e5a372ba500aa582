package dev.freshet.ingest;

import dev.freshet.schedule.RunContext;
import java.util.ArrayList;
import java.util.List;

/// A strict load: all rows of one snapshot, over one connection, or over several that share it where the table is worth
/// it. Confined to one thread.
final class SnapshotLoad {
    private static final String NO_MEMORY = "ingest.memory_mb has no room for more readers";

    private final RunContext context;
    private final Copying copying;
    private final Ingest ingest;
    private final IngestSettings settings;
    private final SourceLink link;

    SnapshotLoad(RunContext context, Copying copying, Ingest ingest, IngestSettings settings, SourceLink link) {
        this.context = context;
        this.copying = copying;
        this.ingest = ingest;
        this.settings = settings;
        this.link = link;
    }

    Load run(SourceTable table) throws Exception {
        int wanted = wanted();
        int most = settings.resources().memory().mostReaders();
        if (wanted == 1) {
            return single(table, List.of());
        }
        if (most == 1) {
            return single(table, told(wanted, NO_MEMORY));
        }
        Parts parts = table.parts(Math.min(wanted, most), settings.cutting().partBytes());
        if (parts.parts().isEmpty()) {
            return single(table, parts.obstacle().map(why -> told(wanted, why)).orElse(List.of()));
        }
        return several(table, parts.parts(), wanted, most);
    }

    /// Rows in one order come over one connection.
    private int wanted() {
        return ingest.request().orderBy().isEmpty()
                ? ingest.limits().connections().orElse(settings.cutting().connections())
                : 1;
    }

    /// Who asked for more than one shall know; the default is our own affair.
    private List<String> told(int wanted, String why) {
        return ingest.limits().connections().isPresent()
                ? List.of("connections=1 of %d: %s".formatted(wanted, why))
                : List.of();
    }

    private Load single(SourceTable table, List<String> notes) throws Exception {
        Copied copied =
                copying.copy(table, link.session(), sink -> table.read(Split.WHOLE, sink), settings.resources());
        return new Load(List.of(copied), Consistency.STRICT, 0, notes);
    }

    private Load several(SourceTable table, List<Part> parts, int wanted, int most) throws Exception {
        int readers = Math.min(Math.min(wanted, most), parts.size());
        JointCopy joint = new JointCopy(
                context, copying, table, parts, settings.resources().of(readers));
        List<Copied> copied = joint.copy(link.session(), readers - 1, link::another);
        List<String> notes = new ArrayList<>();
        notes.add("connections=%d parts=%d".formatted(joint.readers(), parts.size()));
        List<String> missing = new ArrayList<>(joint.missing());
        if (wanted > most) {
            missing.add(NO_MEMORY);
        }
        if (!missing.isEmpty()) {
            notes.add("%d connections were wanted: %s".formatted(wanted, String.join("; ", missing)));
        }
        return new Load(copied, Consistency.STRICT, 0, notes);
    }
}
