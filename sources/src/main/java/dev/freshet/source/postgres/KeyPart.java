package dev.freshet.source.postgres;

import dev.freshet.ingest.BatchSink;
import dev.freshet.ingest.Part;
import dev.freshet.ingest.SourceSession;

/// A range of a table's key, read by one COPY.
record KeyPart(PostgresTable table, String rows) implements Part {
    @Override
    public void read(SourceSession by, BatchSink sink) throws InterruptedException {
        table.copy((PostgresSession) by, rows, sink);
    }
}
