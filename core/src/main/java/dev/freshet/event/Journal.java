package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A backlog in files on a local disk: each entry is written there before it is accepted, so it outlives the process.
/// Intents and acknowledgements stand among the entries, and files before the last acknowledged entry are deleted, in
/// their order. Its lock protects all fields; it is held while a file is written or read.
final class Journal implements Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long LARGEST_FILE = 4L << 20;
    private static final long SMALLEST_FILE = 4L << 10;

    /// The frames of a file up to a moment.
    private record Extent(JournalFile file, long end) {}

    /// A batch on its way, up to the frame at `end`.
    private record Head(Place end, int entries, long bytes, Taken taken) {}

    private final String table;
    private final Path folder;
    private final Budget budget;
    private final long fileBytes;
    private final NavigableMap<Long, JournalFile> files = new TreeMap<>();
    /// All entries before are stored.
    private Place acknowledged = new Place(0, 0);
    private int entries;
    private long bytes;
    /// What a process that died had begun, from the acknowledged place on.
    private @Nullable Place formerEnd;

    private List<Intent> formerIntents = List.of();
    private @Nullable Head head;
    private boolean closed;

    private Journal(String table, Path folder, Budget budget) {
        this.table = table;
        this.folder = folder;
        this.budget = budget;
        this.fileBytes = Math.clamp(budget.most() / 16, SMALLEST_FILE, LARGEST_FILE);
    }

    /// The journal in that folder, with all that it holds already.
    ///
    /// @throws IOException if the disk fails; what a death cut off is no failure
    static Journal open(String table, Path folder, Budget budget) throws IOException {
        Journal journal = new Journal(table, folder, budget);
        Files.createDirectories(folder);
        journal.recover();
        return journal;
    }

    private void recover() throws IOException {
        for (Path path : found()) {
            JournalFile file = JournalFile.open(folder, JournalFile.number(path));
            files.put(file.number(), file);
        }
        JournalRecovery.Found found = new JournalRecovery(table, files).found();
        files.values().forEach(file -> budget.charge(file.end()));
        acknowledged = found.acknowledged();
        entries = found.entries();
        bytes = found.bytes();
        formerEnd = found.begunUpTo();
        formerIntents = found.intents();
        if (files.isEmpty()) {
            files.put(0L, JournalFile.open(folder, 0));
        }
    }

    private List<Path> found() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(JournalFile::isOne).sorted().toList();
        }
    }

    private List<Extent> extents() {
        return files.tailMap(acknowledged.file(), true).values().stream()
                .map(file -> new Extent(file, file.end()))
                .toList();
    }

    private long begin(Extent extent) {
        return extent.file.number() == acknowledged.file() ? acknowledged.at() : 0;
    }

    @Override
    public synchronized boolean offer(Waiting entry) {
        long size = (long) entry.bytes().length + JournalFile.HEAD;
        if (closed || !budget.take(size)) {
            return false;
        }
        try {
            append(JournalFile.ENTRY, entry.bytes());
            entries++;
            bytes += entry.bytes().length;
            return true;
        } catch (IOException e) {
            budget.giveBack(size);
            LOG.warn("events of table {}: the spill {} fails: {}", table, folder, e.getMessage());
            return false;
        }
    }

    private void append(byte kind, byte[] content) throws IOException {
        JournalFile last = files.lastEntry().getValue();
        if (last.end() >= fileBytes) {
            last = JournalFile.open(folder, last.number() + 1);
            files.put(last.number(), last);
        }
        long end = last.end();
        try {
            last.append(kind, content);
        } catch (IOException e) {
            last.cut(end);
            throw e;
        }
    }

    /// Reads without the lock: what is read does not change, and only this lane's acknowledgements delete it.
    @Override
    public Optional<Taken> take(int maxBytes) {
        List<Extent> extents;
        synchronized (this) {
            if (head != null || entries == 0) {
                return Optional.ofNullable(head).map(Head::taken);
            }
            extents = extents();
        }
        try {
            Head next = next(extents, maxBytes);
            synchronized (this) {
                head = next;
            }
            return Optional.of(next.taken);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Head next(List<Extent> extents, int maxBytes) throws IOException {
        List<Entry> taken = new ArrayList<>();
        long size = 0;
        Place end = acknowledged;
        for (Extent extent : extents) {
            for (long at = begin(extent); at < extent.end; ) {
                JournalFile.Frame frame = extent.file.read(at, extent.end);
                if (frame.kind() == JournalFile.ENTRY) {
                    size += frame.content().length;
                    if (isBeyond(new Place(extent.file.number(), at), taken.isEmpty(), size, maxBytes)) {
                        return head(taken, end, size - frame.content().length);
                    }
                    taken.add(EntryBytes.read(table, frame.content()));
                }
                at = frame.next();
                end = new Place(extent.file.number(), at);
            }
        }
        return head(taken, end, size);
    }

    private boolean isBeyond(Place place, boolean first, long size, int maxBytes) {
        Place former = formerEnd;
        return former == null ? !first && size > maxBytes : place.compareTo(former) >= 0;
    }

    private Head head(List<Entry> taken, Place end, long size) {
        EventBatch batch = new EventBatch(table, taken, formerIntents, intent -> record(intent, end));
        return new Head(end, taken.size(), size, new Taken(batch, List.of()));
    }

    /// On the disk before anything of the batch can be in the lake: after a loss of power nobody else would know.
    private void record(Intent intent, Place end) {
        write(intent, end);
        secure();
    }

    private synchronized void write(Intent intent, Place end) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeLong(end.file());
            out.writeLong(end.at());
            out.writeUTF(intent.lane());
            out.writeLong(intent.number());
            out.writeLong(intent.since());
            appendAlways(JournalFile.INTENT, content.toByteArray());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void appendAlways(byte kind, byte[] content) throws IOException {
        append(kind, content);
        budget.charge((long) content.length + JournalFile.HEAD);
    }

    @Override
    public synchronized void acknowledge() {
        Head stored = Objects.requireNonNull(head, "nothing was taken");
        head = null;
        formerEnd = null;
        formerIntents = List.of();
        acknowledged = stored.end;
        entries -= stored.entries;
        bytes -= stored.bytes;
        try {
            appendAlways(JournalFile.ACKNOWLEDGED, bytesOf(acknowledged));
            forget();
        } catch (IOException e) {
            LOG.warn("events of table {}: the spill {} fails: {}", table, folder, e.getMessage());
        }
    }

    private static byte[] bytesOf(Place place) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.writeLong(place.file());
            out.writeLong(place.at());
        }
        return content.toByteArray();
    }

    /// The file of the acknowledged place stays: only later ones say what is acknowledged in it.
    private void forget() throws IOException {
        while (files.firstKey() < acknowledged.file()) {
            JournalFile first = files.firstEntry().getValue();
            first.delete();
            files.remove(first.number());
            budget.giveBack(first.end());
        }
    }

    /// Without the lock, for a disk takes its time; only this lane's acknowledgements delete a file.
    @Override
    public void secure() {
        List<JournalFile> unsafe;
        synchronized (this) {
            unsafe = closed ? List.of() : List.copyOf(files.values());
        }
        try {
            for (JournalFile file : unsafe) {
                file.sync();
            }
        } catch (IOException e) {
            LOG.warn("events of table {}: the spill {} is not on the disk: {}", table, folder, e.getMessage());
        }
    }

    @Override
    public synchronized int size() {
        return entries;
    }

    @Override
    public synchronized long bytes() {
        return bytes;
    }

    /// With nothing left in it, its files go, too.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (entries > 0) {
            secure();
        }
        closed = true;
        if (entries > 0) {
            files.values().forEach(JournalFile::close);
            return;
        }
        try {
            for (JournalFile file : files.values()) {
                file.delete();
                budget.giveBack(file.end());
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("events of table {}: the empty spill {} stays: {}", table, folder, e.getMessage());
        }
    }

    private FreshetException failed(IOException e) {
        return new FreshetException(
                ErrorCode.INTERNAL,
                "events of table %s: the spill %s fails: %s".formatted(table, folder, e.getMessage()),
                e);
    }
}
