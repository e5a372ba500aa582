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

    /// The last change of data, if another writer made it.
    Optional<CommitNote> foreignChange() {
        return foreignChange(_ -> false);
    }

    /// The same, if the role has said nothing since: what it commits, it decides on what it finds.
    Optional<CommitNote> foreignChange(String role) {
        return foreignChange(commit -> isWordOf(role, commit));
    }

    private Optional<CommitNote> foreignChange(Predicate<CommitFile> isOurWord) {
        return lastCommit(commit -> commit.note().dataChange() || isOurWord.test(commit))
                .map(CommitFile::note)
                .filter(CommitNote::isForeign);
    }

    private static boolean isWordOf(String role, CommitFile commit) {
        CommitNote note = commit.note();
        return !note.isForeign()
                && !note.operation().equals(Raise.OPERATION)
                && domain(commit, Mark.domain(role)).isPresent();
    }

    /// Whether a commit from that version on changed data.
    boolean changesFrom(long version) {
        return back().takeWhile(commit -> commit.version() >= version)
                .anyMatch(commit -> commit.note().dataChange());
    }

    OptionalLong lastChange() {
        return lastCommit(commit -> commit.note().dataChange()).stream()
                .mapToLong(CommitFile::version)
                .findFirst();
    }

    private Optional<CommitFile> lastCommit(Predicate<CommitFile> wanted) {
        return back().filter(wanted).findFirst();
    }

    /// The commit that gave a role's domain the text that it has now: whatever came after it raised the fence or
    /// left the domain alone.
    Optional<Settled> settled(String role, String domain) {
        String wanted = withoutFence(domain);
        Optional<Settled> earliest = Optional.empty();
        for (CommitFile commit : (Iterable<CommitFile>) back()::iterator) {
            Optional<String> text = domain(commit, Mark.domain(role));
            if (text.isPresent() && !withoutFence(text.get()).equals(wanted)) {
                break;
            }
            if (text.isPresent()) {
                earliest = Optional.of(new Settled(Mark.parse(role, text.get()), commit.version()));
            }
        }
        return earliest;
    }

    private static String withoutFence(String domain) {
        return DomainText.withFence(domain, new Fence(0, 0));
    }

    private static Optional<String> domain(CommitFile commit, String name) {
        return commit.actions().stream()
                .map(action -> action.path("domainMetadata"))
                .filter(domain -> domain.path("domain").asText().equals(name))
                .filter(domain -> !domain.path("removed").asBoolean())
                .map(domain -> domain.path("configuration").asText())
                .findFirst();
    }
}
