package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every law, rule of the protocol, weakness and required test is promised in `docs/promises.md`, and each promise is
/// held by tests that exist, run and assert.
class PromisesTest {
    private static final TestMethods PLANTED =
            new TestMethods(List.of(Project.ROOT.resolve("e2e/target/test-classes/planted/promises")));

    /// What must be promised: `-t` are tests of the system this comes from, `-o` ours, `-i` interleavings that broke
    /// earlier drafts.
    private static final List<String> REQUIRED = Stream.of(
                    ids("law-", 10),
                    ids("protocol-", 8),
                    ids("protocol-i", 9),
                    ids("control-", 13),
                    ids("control-t", 5),
                    ids("control-o", 10),
                    ids("schedule-", 13),
                    ids("schedule-t", 5),
                    ids("schedule-o", 2),
                    ids("checkpoint-", 16),
                    ids("checkpoint-t", 9),
                    ids("event-", 13),
                    ids("event-t", 3),
                    ids("rollup-", 8),
                    ids("rollup-t", 6),
                    ids("maintain-", 11),
                    ids("ingest-", 16),
                    ids("source-", 6),
                    ids("file-", 6))
            .flatMap(ids -> ids)
            .toList();

    private static Stream<String> ids(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> prefix + number);
    }

    @Test
    void everyPromiseIsHeldByTestsThatRunAndAssert() throws IOException {
        Path document = Project.ROOT.resolve("docs/promises.md");

        assertThat(Promises.parse(Files.readString(document)).faults(REQUIRED, new TestMethods(House.testFolders())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            `GoodTest.asserts`
            `GoodTest.assertsInALambda`, `GoodTest.assertsThroughANeighbour`
            `GoodTest.expectsAnException`
            `GoodTest.holdsTheContract`
            `SomeContract.holdsTheContract`
            """)
    void aPromiseIsHeldByATestThatAsserts(String tests) {
        assertThat(faultsOf("| law-1 | Something holds. | " + tests + " |")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ''                             ; law-1: names no test
            GoodTest.asserts               ; law-1: names no test
            `NoTest.asserts`               ; law-1: NoTest.asserts: there is no such class
            `GoodTest.neverWritten`        ; law-1: GoodTest.neverWritten: there is no such test method
            `GoodTest.notATest`            ; law-1: GoodTest.notATest: there is no such test method
            `BadTest.disabled`             ; law-1: BadTest.disabled: it is disabled
            `BadTest.assertsNothing`       ; law-1: BadTest.assertsNothing: it asserts nothing
            `DisabledTest.asserts`         ; law-1: DisabledTest.asserts: it is disabled
            `NeverRun.asserts`             ; law-1: NeverRun.asserts: no class that Surefire runs has it
            `OrphanContract.holdsTheContract` ; law-1: OrphanContract.holdsTheContract: no class that Surefire runs has it
            """)
    void aPromiseWithoutAProofIsFound(String tests, String fault) {
        assertThat(faultsOf("| law-1 | Something holds. | " + tests + " |")).containsExactly(fault);
    }

    @Test
    void aMissingAnUnknownAndADoublePromiseAreFound() {
        String row = "| %s | Something holds. | `GoodTest.asserts` |\n";

        assertThat(faultsOf(row.formatted("law-2")))
                .containsExactly("law-1: is missing", "law-2: is no promise that we know");
        assertThat(faultsOf(row.formatted("law-1").repeat(2))).containsExactly("law-1: stands here twice");
        assertThat(faultsOf("| law-1 | | `GoodTest.asserts` |")).containsExactly("law-1: says nothing");
    }

    @Test
    void aDeferredPromiseNamesItsIssueInsteadOfATest() {
        assertThat(faultsOf("# Promises\n\n## Later\n| law-1 | Something holds. | issue 12 |"))
                .isEmpty();
        assertThat(faultsOf("# Promises\n\n## Later\n| law-1 | Something holds. | |"))
                .containsExactly("law-1: is deferred to no issue");
    }

    private static List<String> faultsOf(String document) {
        return Promises.parse(document).faults(List.of("law-1"), PLANTED);
    }
}
