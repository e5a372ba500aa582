package dev.freshet.source.postgres;

import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.Part;
import dev.freshet.ingest.SourceSession;
import java.util.List;

/// Pages of a table, each range of them read by one COPY.
record PagePart(PostgresTable table, List<PageRange> ranges) implements Part {
    @Override
    public void read(SourceSession by, BatchSink sink) throws InterruptedException {
        for (PageRange range : ranges) {
            table.copy((PostgresSession) by, range.sql(), sink);
        }
    }
}
