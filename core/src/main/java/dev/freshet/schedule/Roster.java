package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.schedule.Definitions.Document;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/// The schedules as a runner knows them. A row names the version that its task follows, so the rows tell most of what
/// changed; and nothing is done for a schedule before [#current] was asked whether it still says so. Once a minute
/// all are looked at, for who wrote a document may have died before its row said so. Confined to the runner's loop.
final class Roster {
    static final Duration FULL_LOOK = Duration.ofMinutes(1);

    private final Host host;
    private final Definitions definitions;
    private final BiPredicate<Schedule, String> isFor;
    private final Map<String, Document> known = new TreeMap<>();
    private final Set<String> doubted = new TreeSet<>();
    private boolean complete;
    private long looked;

    /// @param isFor whether a schedule's task is the one of that name
    Roster(Host host, Definitions definitions, BiPredicate<Schedule, String> isFor) {
        this.host = host;
        this.definitions = definitions;
        this.isFor = isFor;
    }

    /// Catches up with what the rows say of their schedules.
    void follow(Collection<TaskRow> rows) {
        long now = host.nanos();
        if (!complete || now - looked >= FULL_LOOK.toNanos()) {
            lookAtAll();
            complete = true;
            looked = now;
        }
        for (TaskRow row : rows) {
            if (row.scheduleId() != null && isBehind(row.scheduleId(), row)) {
                doubted.add(row.scheduleId());
            }
        }
        for (String id : List.copyOf(doubted)) {
            look(id);
            doubted.remove(id);
        }
    }

    private void lookAtAll() {
        List<String> ids = definitions.ids();
        known.keySet().retainAll(new HashSet<>(ids));
        definitions.retain(new HashSet<>(ids));
        ids.forEach(this::look);
    }

    private boolean isBehind(String id, TaskRow row) {
        Document document = known.get(id);
        Long version = id.equals(row.definedBy()) ? row.definitionVersion() : null;
        return document == null || (version != null && document.number() < version);
    }

    private void look(String id) {
        definitions.newest(id).ifPresentOrElse(document -> known.put(id, document), () -> known.remove(id));
    }

    /// To be looked at before the next round: while a task runs, its row does not follow its schedule.
    void doubt(String id) {
        doubted.add(id);
    }

    /// Those that can be read and were not deleted, in the order of their ids.
    List<Definition> definitions() {
        return known.values().stream()
                .flatMap(document -> definition(document).stream())
                .toList();
    }

    List<String> faults() {
        return known.values().stream()
                .filter(Document.Bad.class::isInstance)
                .map(document -> ((Document.Bad) document).fault() + "; the schedule is skipped")
                .toList();
    }

    /// What the schedule says at this moment; empty when it was deleted or cannot be read.
    Optional<Definition> current(Definition definition) {
        String id = definition.schedule().id();
        look(id);
        return Optional.ofNullable(known.get(id)).flatMap(Roster::definition);
    }

    /// Whether the schedule, as far as is known, exists and is for that task. One that cannot be read keeps what it
    /// has.
    boolean owns(String id, String task) {
        return switch (known.get(id)) {
            case Document.Good good -> isFor.test(good.definition().schedule(), task);
            case Document.Bad _ -> true;
            case Document.Deleted _ -> false;
            case null -> false;
        };
    }

    private static Optional<Definition> definition(Document document) {
        return document instanceof Document.Good good ? Optional.of(good.definition()) : Optional.empty();
    }
}
