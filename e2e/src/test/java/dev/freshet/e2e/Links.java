package dev.freshet.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The links of a document to files beside it. One whose text is a quoted `SimpleClass.method` names a test: the file
/// must be that class's, and the test must exist, run and assert.
record Links(List<Link> all) {
    private static final Pattern LINK = Pattern.compile("\\[([^\\[\\]]*)]\\(([^()\\s]+)\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.\\w+`");

    record Link(String text, String target) {
        boolean isTest() {
            return TEST.matcher(text).matches();
        }

        private boolean isElsewhere() {
            return target.contains("://") || target.startsWith("#");
        }
    }

    static Links in(String document) {
        return new Links(LINK.matcher(document)
                .results()
                .map(found -> new Link(found.group(1), found.group(2)))
                .filter(link -> !link.isElsewhere())
                .toList());
    }

    /// What is wrong with them.
    ///
    /// @param folder that the document is in
    List<String> faults(Path folder, TestMethods tests) {
        return all.stream()
                .flatMap(link -> fault(link, folder, tests).stream().map(fault -> link.text() + ": " + fault))
                .toList();
    }

    Stream<Link> tests() {
        return all.stream().filter(Link::isTest);
    }

    private static Optional<String> fault(Link link, Path folder, TestMethods tests) {
        Path file = folder.resolve(link.target().replaceFirst("#.*", ""));
        if (!Files.exists(file)) {
            return Optional.of("there is no " + link.target());
        }
        if (!link.isTest()) {
            return Optional.empty();
        }
        String name = link.text().replace("`", "");
        String itsFile = name.substring(0, name.indexOf('.')) + ".java";
        return file.endsWith(itsFile) ? tests.fault(name) : Optional.of("its link leads to " + link.target());
    }
}
