package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Finding;
import dev.freshet.Freshet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        header = "Check Java, the lake, and every database that a schedule names.",
        description = {
            "Check what Freshet needs: Java, a lake that is writable and atomic, disk, clock, and every database",
            "that a schedule names, with its grants."
        },
        footer = {"", "Example:", "  freshet doctor --lake /srv/lake"})
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(List.of(java()));
        try (Freshet freshet = session.open()) {
            findings.addAll(freshet.doctor());
        }
        session.print(
                Listings.findings(findings.stream().map(DoctorCommand::row).toList()));
        return findings.stream()
                .filter(finding -> finding.health() == Finding.Health.BROKEN)
                .mapToInt(finding -> finding.code().map(ExitCode::of).orElse(ExitCode.FAILED))
                .max()
                .orElse(ExitCode.OK);
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        long heap = Runtime.getRuntime().maxMemory();
        return Finding.ok("java", version + ", a heap of " + Sizes.text(heap) + " at most");
    }

    private static ObjectNode row(Finding finding) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("check", finding.check())
                .put("health", finding.health().name().toLowerCase(Locale.ROOT))
                .put("detail", finding.detail())
                .put("remedy", finding.remedy());
    }
}
