package dev.freshet.maintain;

import dev.freshet.table.Snapshot;
import org.jspecify.annotations.Nullable;

/// What maintenance did to a table, or would do: files and bytes that it had, those of rows that were too old, small
/// ones that were joined into a few, versions that nobody can go back to any more, and dead files. Immutable.
///
/// @param refusal why no files are joined; null where they may be
public record Maintained(
        String table,
        long version,
        Files had,
        Files expired,
        Files joined,
        int into,
        long versions,
        Files dead,
        @Nullable String refusal) {
    /// How many, and how large.
    public record Files(int count, long bytes) {
        static final Files NONE = new Files(0, 0);

        Files plus(Files more) {
            return new Files(count + more.count, bytes + more.bytes);
        }
    }

    static Maintained nothingOf(String table, Snapshot snapshot) {
        Files had = new Files(snapshot.files().size(), snapshot.bytes());
        return new Maintained(table, snapshot.version(), had, Files.NONE, Files.NONE, 0, 0, Files.NONE, null);
    }

    Maintained withExpired(Files files) {
        return new Maintained(table, version, had, files, joined, into, versions, dead, refusal);
    }

    Maintained withJoined(Files files, int newFiles) {
        return new Maintained(
                table, version, had, expired, joined.plus(files), into + newFiles, versions, dead, refusal);
    }

    Maintained withRefusal(String why) {
        return new Maintained(table, version, had, expired, joined, into, versions, dead, why);
    }

    Maintained withCleaned(long gone) {
        return new Maintained(table, version, had, expired, joined, into, gone, dead, refusal);
    }

    Maintained withDead(Files files) {
        return new Maintained(table, version, had, expired, joined, into, versions, files, refusal);
    }

    /// How many files the table has afterwards.
    public int filesAfter() {
        return had.count() - expired.count() - joined.count() + into;
    }

    public boolean isNothing() {
        return expired.count() == 0 && joined.count() == 0 && versions == 0 && dead.count() == 0;
    }

    /// One line for people.
    public String text() {
        return table + ": " + (isNothing() ? "nothing to do" : counts());
    }

    /// What was done, in files and versions.
    String counts() {
        return "expired=%d joined=%d into=%d versions=%d dead=%d"
                .formatted(expired.count(), joined.count(), into, versions, dead.count());
    }
}
