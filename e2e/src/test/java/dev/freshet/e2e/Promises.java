package dev.freshet.e2e;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The document `docs/promises.md`: a table of promises kept, with the tests that hold them, and below `##
/// Later` a table of those deferred, with the issue that will keep them.
record Promises(List<Row> kept, List<Row> later) {
    private static final Pattern ROW = Pattern.compile("\\| *([a-z]+-[a-z]?\\d+) *\\|(.*)\\|([^|]*)\\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+\\.\\w+)`");

    /// One line: the promise's id, what it says, and the cell that says who keeps it.
    record Row(String id, String promise, String keeper) {}

    static Promises parse(String document) {
        int later = document.indexOf("\n## Later");
        return later < 0
                ? new Promises(rows(document), List.of())
                : new Promises(rows(document.substring(0, later)), rows(document.substring(later)));
    }

    private static List<Row> rows(String section) {
        return section.lines()
                .map(String::strip)
                .flatMap(line -> ROW.matcher(line).results())
                .map(row ->
                        new Row(row.group(1), row.group(2).strip(), row.group(3).strip()))
                .toList();
    }

    /// Everything that is wrong with the document, given what must be promised and the tests that there are.
    List<String> faults(List<String> required, TestMethods tests) {
        List<String> faults = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        everyRow().filter(row -> !ids.add(row.id())).forEach(row -> faults.add(row.id() + ": stands here twice"));
        required.stream().filter(id -> !ids.contains(id)).forEach(id -> faults.add(id + ": is missing"));
        everyRow()
                .filter(row -> !required.contains(row.id()))
                .forEach(row -> faults.add(row.id() + ": is no promise that we know"));
        everyRow().filter(row -> row.promise().isEmpty()).forEach(row -> faults.add(row.id() + ": says nothing"));
        later.stream()
                .filter(row -> row.keeper().isEmpty())
                .forEach(row -> faults.add(row.id() + ": is deferred to no issue"));
        kept.forEach(row -> faults.addAll(faults(row, tests)));
        return faults;
    }

    private static List<String> faults(Row row, TestMethods tests) {
        List<String> names = names(row);
        return names.isEmpty()
                ? List.of(row.id() + ": names no test")
                : names.stream()
                        .flatMap(name -> tests.fault(name).stream().map(fault -> row.id() + ": " + name + ": " + fault))
                        .toList();
    }

    private static List<String> names(Row row) {
        Function<MatchResult, String> name = found -> found.group(1);
        return TEST.matcher(row.keeper()).results().map(name).toList();
    }

    private Stream<Row> everyRow() {
        return Stream.concat(kept.stream(), later.stream());
    }
}
