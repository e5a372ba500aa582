package dev.freshet.event;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a journal's files say about the process that wrote them: what of it is stored, and what was begun. What a
/// death cut off is taken off the files. Used once.
final class JournalRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    private final String table;
    private final NavigableMap<Long, JournalFile> files;
    private Place acknowledged = new Place(0, 0);
    private @Nullable Place begunUpTo;
    private List<Intent> intents = List.of();
    private int entries;
    private long bytes;

    /// @param acknowledged all entries before are stored
    /// @param entries after that, and their bytes
    /// @param begunUpTo the end of the batch that begins there; null when none was begun
    /// @param intents with which it was begun
    record Found(
            Place acknowledged,
            int entries,
            long bytes,
            @Nullable Place begunUpTo,
            List<Intent> intents) {}

    JournalRecovery(String table, NavigableMap<Long, JournalFile> files) {
        this.table = table;
        this.files = files;
    }

    Found found() throws IOException {
        for (JournalFile file : files.values()) {
            replay(file);
        }
        if (!files.isEmpty() && acknowledged.file() < files.firstKey()) {
            acknowledged = new Place(files.firstKey(), 0);
        }
        for (JournalFile file : files.tailMap(acknowledged.file(), true).values()) {
            count(file);
        }
        return new Found(acknowledged, entries, bytes, begunUpTo, intents);
    }

    private void replay(JournalFile file) throws IOException {
        long at = 0;
        try {
            while (at < file.end()) {
                JournalFile.Frame frame = file.read(at, file.end());
                switch (frame.kind()) {
                    case JournalFile.ACKNOWLEDGED -> acknowledged(frame.content());
                    case JournalFile.INTENT -> intended(frame.content());
                    default -> {}
                }
                at = frame.next();
            }
        } catch (IOException e) {
            LOG.warn("events of table {}: {}; what follows there is lost", table, e.getMessage());
            file.cut(at);
        }
    }

    private void acknowledged(byte[] content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            acknowledged = new Place(in.readLong(), in.readLong());
            begunUpTo = null;
            intents = List.of();
        }
    }

    private void intended(byte[] content) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            Place end = new Place(in.readLong(), in.readLong());
            if (begunUpTo != null && !begunUpTo.equals(end)) {
                // the acknowledgement of the batch before did not get to the disk
                acknowledged = begunUpTo;
                intents = List.of();
            }
            begunUpTo = end;
            Intent intent = new Intent(in.readUTF(), in.readLong(), in.readLong());
            intents = Columns.plus(intents, List.of(intent));
        }
    }

    private void count(JournalFile file) throws IOException {
        long at = file.number() == acknowledged.file() ? acknowledged.at() : 0;
        while (at < file.end()) {
            JournalFile.Frame frame = file.read(at, file.end());
            if (frame.kind() == JournalFile.ENTRY) {
                entries++;
                bytes += frame.content().length;
            }
            at = frame.next();
        }
    }
}
