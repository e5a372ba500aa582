package dev.freshet.table;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A table's commits from a version back, as far as their files are kept.
final class History {
    private final TableLog log;
    private final long newest;

    History(TableLog log, long newest) {
        this.log = log;
        this.newest = newest;
    }

    /// Newest first; ends before the first number that is gone. Each commit is read when it is asked for.
    Stream<CommitFile> back() {
        return LongStream.iterate(newest, version -> version >= 0, version -> version - 1)
                .mapToObj(log::find)
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream);
    }

    /// The newest commit by another writer that changed data after our last one that did.
    Optional<CommitNote> foreignChange() {
        return back().map(CommitFile::note)
                .filter(CommitNote::dataChange)
                .findFirst()
                .filter(CommitNote::isForeign);
    }

    /// Whether it can be told who changed data last.
    boolean knowsLastChange() {
        return lastCommit(commit -> commit.note().dataChange()).isPresent()
                || log.find(0).isPresent();
    }

    OptionalLong lastChange() {
        return lastCommit(commit -> commit.note().dataChange()).stream()
                .mapToLong(CommitFile::version)
                .findFirst();
    }

    private Optional<CommitFile> lastCommit(Predicate<CommitFile> wanted) {
        return back().filter(wanted).findFirst();
    }

    /// The commit that first carried the mark now found: what came after it raised the fence or left the domain alone.
    Optional<Settled> settled(Mark found) {
        Optional<Settled> earliest = Optional.empty();
        for (CommitFile commit : (Iterable<CommitFile>) back()::iterator) {
            Optional<Mark> mark = mark(commit, found.role());
            if (mark.isPresent() && !mark.get().runId().equals(found.runId())) {
                break;
            }
            if (mark.isPresent()) {
                earliest = Optional.of(new Settled(mark.get(), commit.version()));
            }
        }
        return earliest;
    }

    private static Optional<Mark> mark(CommitFile commit, String role) {
        return commit.actions().stream()
                .map(action -> action.path("domainMetadata"))
                .filter(domain -> domain.path("domain").asText().equals(Mark.domain(role)))
                .filter(domain -> !domain.path("removed").asBoolean())
                .map(domain -> Mark.parse(role, domain.path("configuration").asText()))
                .findFirst();
    }
}
