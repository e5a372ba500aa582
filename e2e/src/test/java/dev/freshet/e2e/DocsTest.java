package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.ErrorCode;
import dev.freshet.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The documents and the code name the same things.
class DocsTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern ERROR_CODE = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");
    private static final Pattern VARIABLE = Pattern.compile("FRESHET_[A-Z_]+");

    @Test
    void everyTypeThatTheArchitectureNamesExists() throws IOException {
        Set<String> named = quoted(read("ARCHITECTURE.md"), TYPE.asMatchPredicate());

        assertThat(named).isNotEmpty();
        assertThat(without(named, typeNames())).isEmpty();
    }

    @Test
    void everyErrorCodeIsDocumentedAndNoOther() throws IOException {
        Stream<String> documented =
                ERROR_CODE.matcher(read("docs/errors.md")).results().map(row -> row.group(1));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    void everyTypeOfEventIsDocumentedAndNoOther() throws IOException {
        String life = read("docs/events.md").split("## Freshet's own life", 2)[1];
        Set<String> documented = life.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", 3)[1])
                .flatMap(types -> quoted(types, _ -> true).stream())
                .collect(Collectors.toSet());

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(EventType.values()).map(EventType::text).toList());
    }

    @Test
    void everySettingIsDocumented() throws IOException, ReflectiveOperationException {
        Set<String> documented = quoted(read("docs/configuration.md"), _ -> true);

        assertThat(without(settings(), documented)).isEmpty();
    }

    @Test
    void whatTheLauncherReadsIsDocumented() throws IOException {
        Set<String> documented = quoted(read("docs/configuration.md"), _ -> true);
        Set<String> read = VARIABLE.matcher(read("freshet"))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());

        assertThat(read).contains("FRESHET_HEAP");
        assertThat(without(read, documented)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs"})
    void everyLinkLeadsToAFileAndEveryTestItNamesExists(String place) throws IOException {
        TestMethods tests = new TestMethods(House.testFolders());
        try (Stream<Path> files = Files.walk(Project.ROOT.resolve(place))) {
            for (Path document :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                Links links = Links.in(Files.readString(document));

                assertThat(links.faults(Objects.requireNonNull(document.getParent()), tests))
                        .as(document.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theProtocolIsExplainedBrieflyWithOneDiagramAndATestForEachPromise() throws IOException {
        String document = read("docs/coordination.md");
        List<String> promises = document.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| promise"))
                .toList();

        assertThat(document.split("\\s+")).hasSizeLessThan(1000);
        assertThat(document).containsOnlyOnce("```mermaid").contains("## What is not promised");
        assertThat(promises)
                .isNotEmpty()
                .allMatch(line -> Links.in(line).tests().count() > 0);
    }

    @Test
    void aLinkThatLeadsNowhereOrToNoTestIsFound() {
        Links links = Links.in("""
                [a](no.md), [b](DocsTest.java), [c](https://example.org), [d](#here), [`not.linked`]
                [`DocsTest.neverWritten`](DocsTest.java), [`Links.in`](DocsTest.java)
                """);
        Path folder = Project.ROOT.resolve("e2e/src/test/java/dev/freshet/e2e");

        assertThat(links.faults(folder, new TestMethods(House.testFolders())))
                .containsExactly(
                        "a: there is no no.md",
                        "`DocsTest.neverWritten`: there is no such test method",
                        "`Links.in`: its link leads to DocsTest.java");
    }

    @Test
    void whatADocumentForgetsOrInventsIsFound() {
        Set<String> named =
                quoted("`Lease` and `Unicorn` but not `FENCED`, and no Lease unquoted", TYPE.asMatchPredicate());

        assertThat(named).containsExactlyInAnyOrder("Lease", "Unicorn");
        assertThat(without(named, Set.of("Lease"))).containsExactly("Unicorn");
    }

    /// The keys of the settings and their variables in the environment.
    private static Set<String> settings() throws ReflectiveOperationException {
        Set<String> names = new HashSet<>();
        if (typeNames().contains("Setting")) {
            Class<?> setting = Class.forName("dev.freshet.Setting");
            for (Object constant : setting.getEnumConstants()) {
                names.add((String) setting.getMethod("key").invoke(constant));
                names.add((String) setting.getMethod("variable").invoke(constant));
            }
        }
        return names;
    }

    private static Set<String> typeNames() {
        return House.mainFolders().stream()
                .flatMap(folder -> ClassFiles.below(folder).stream())
                .map(ClassFiles::simpleName)
                .collect(Collectors.toSet());
    }

    private static Set<String> quoted(String document, Predicate<String> wanted) {
        return QUOTED.matcher(document)
                .results()
                .map(found -> found.group(1))
                .filter(wanted)
                .collect(Collectors.toSet());
    }

    private static List<String> without(Set<String> names, Set<String> known) {
        Stream<String> unknown = names.stream().filter(name -> !known.contains(name));
        return unknown.sorted().toList();
    }

    private static String read(String file) throws IOException {
        return Files.readString(Project.ROOT.resolve(file));
    }
}
