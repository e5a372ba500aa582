package dev.freshet.ingest;

import dev.freshet.schedule.RunContext;
import java.util.ArrayList;
import java.util.List;

/// A strict load: all rows of one snapshot, over one connection, or over several that share it where the table is worth
/// it. Confined to one thread.
final class SnapshotLoad {
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
        if (wanted == 1) {
            return single(table, List.of());
        }
        Parts parts = table.parts(wanted, settings.cutting().partBytes());
        if (parts.parts().isEmpty()) {
            // Who asked for more than one shall know; the default is our own affair.
            return single(
                    table,
                    parts
                            .obstacle()
                            .filter(why -> ingest.limits().connections().isPresent())
                            .map(why -> "connections=1 of %d: %s".formatted(wanted, why))
                            .stream()
                            .toList());
        }
        return several(table, parts.parts(), wanted);
    }

    /// Rows in one order come over one connection, and a reader needs memory.
    private int wanted() {
        if (!ingest.request().orderBy().isEmpty()) {
            return 1;
        }
        return Math.min(
                ingest.limits().connections().orElse(settings.cutting().connections()),
                settings.share().mostReaders());
    }

    private Load single(SourceTable table, List<String> notes) throws Exception {
        Copied copied = copying.copy(table, link.session(), sink -> table.read(Split.WHOLE, sink), settings.share());
        return new Load(List.of(copied), Consistency.STRICT, 0, notes);
    }

    private Load several(SourceTable table, List<Part> parts, int wanted) throws Exception {
        int readers = Math.min(wanted, parts.size());
        Crew crew = new Crew(context, copying, table, parts, settings.share().of(readers));
        List<Copied> copied = crew.copy(link.session(), readers - 1, link::another);
        List<String> notes = new ArrayList<>();
        notes.add("connections=%d parts=%d".formatted(crew.size(), parts.size()));
        if (!crew.missing().isEmpty()) {
            notes.add("%d connections were wanted: %s".formatted(readers, String.join("; ", crew.missing())));
        }
        return new Load(copied, Consistency.STRICT, 0, notes);
    }
}
