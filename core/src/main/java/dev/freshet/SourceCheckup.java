package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Dsn;
import dev.freshet.ingest.Secrets;
import dev.freshet.ingest.Source;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.ingest.TableRequest;
import dev.freshet.schedule.Schedule;
import java.util.List;

/// Examines what the schedules read: does the database answer, is the table there, may it be read.
final class SourceCheckup {
    private final List<Source> sources;
    private final Secrets secrets;

    SourceCheckup(List<Source> sources, Secrets secrets) {
        this.sources = sources;
        this.secrets = secrets;
    }

    Finding finding(Schedule schedule) {
        String check = "schedule " + schedule.id();
        try {
            return Finding.ok(check, described(schedule.kind()));
        } catch (FreshetException failure) {
            return Finding.broken(check, String.valueOf(failure.getMessage()), "", failure.code());
        }
    }

    private String described(JsonNode kind) {
        Dsn dsn = Dsn.parse(kind.path("dsn").asText());
        Source source = sources.stream()
                .filter(each -> each.type().equals(dsn.type()))
                .findFirst()
                .orElseThrow();
        try (SourceSession session = source.open(dsn.login(secrets), SourceSettings.named("freshet-doctor"))) {
            String table = session.describe(TableRequest.of(kind.path("table").asText()))
                    .name();
            return table + " on " + dsn.host() + ":" + dsn.port() + " can be read";
        }
    }
}
