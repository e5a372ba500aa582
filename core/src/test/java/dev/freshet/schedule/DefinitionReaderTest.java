package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.OnForeignCommit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123456Z");

    private final DefinitionReader reader =
            new DefinitionReader(List.of(FakeKind.idle("mysql"), FakeKind.idle("postgres")));

    @Test
    void theShortestDefinitionGetsTheDocumentedDefaults() {
        Schedule schedule = read("""
                {"id":"x","kind":{"type":"mysql","dsn":"mysql://u:${env:PW}@h/db","table":"t"},
                 "trigger":{"type":"interval","secs":20},"enabled":true}""");
        assertThat(schedule.id()).isEqualTo("x");
        assertThat(schedule.kind().get("dsn").textValue()).isEqualTo("mysql://u:${env:PW}@h/db");
        assertThat(schedule.trigger()).isEqualTo(new Interval(Duration.ofSeconds(20), Strategy.SINCE_COMPLETION));
        assertThat(schedule.enabled()).isTrue();
        assertThat(schedule.createdAt()).isEqualTo(NOW);
        assertThat(schedule.createdBy()).isEmpty();
        assertThat(schedule.retry().delays())
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));
        assertThat(schedule.misfire()).isEqualTo(new Misfire(Misfire.Policy.RUN_ONCE, null));
        assertThat(schedule.stallLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(schedule.onForeignCommit()).isEqualTo(OnForeignCommit.PROCEED);
        assertThat(schedule.version()).isEqualTo(7);
    }

    @Test
    void everyKeyIsRead() {
        Schedule schedule = read("""
                {"id":"x","kind":{"type":"postgres","table":"t"},
                 "trigger":{"type":"cron","expr":"0 3 * * *","time_zone":"Europe/Berlin"},"enabled":false,
                 "created_at":"2026-01-01T01:00:00+01:00","created_by":"ann","retry":{"delays_secs":[5,10]},
                 "misfire":{"policy":"skip","max_late_secs":90},"stall_limit_secs":30,"lease_secs":6,
                 "on_foreign_commit":"refuse"}""");
        assertThat(schedule.trigger()).isEqualTo(Cron.of("0 3 * * *", ZoneId.of("Europe/Berlin")));
        assertThat(schedule.enabled()).isFalse();
        assertThat(schedule.createdAt()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(schedule.createdBy()).isEqualTo("ann");
        assertThat(schedule.retry().delays()).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(schedule.misfire()).isEqualTo(new Misfire(Misfire.Policy.SKIP, Duration.ofSeconds(90)));
        assertThat(schedule.stallLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(schedule.lease()).isEqualTo(Duration.ofSeconds(6));
        assertThat(schedule.onForeignCommit()).isEqualTo(OnForeignCommit.REFUSE);
    }

    @Test
    void aCronWithoutZoneIsInUtc() {
        assertThat(read(with("trigger", "{'type':'cron','expr':'@hourly'}")).trigger())
                .isEqualTo(Cron.of("@hourly", ZoneOffset.UTC));
    }

    @Test
    void theStatusInsideAnOldDocumentIsRead() {
        ImportedStatus status = definition("""
                {"id":"x","kind":{"type":"mysql","table":"t","dataset_name":null},"trigger":{"type":"interval","secs":20},
                 "enabled":true,"created_at":"2026-01-01T00:00:00Z","created_by":"","next_run_at":"2026-01-02T00:00:00.5Z",
                 "last_run_at":null,"last_outcome":{"at":"2026-01-01T00:00:00Z","success":false,"message":"no",
                 "rows":null,"duration_secs":1.5},"run_count":3,"failure_count":1}""").status();
        assertThat(status)
                .isEqualTo(new ImportedStatus(Instant.parse("2026-01-02T00:00:00.5Z"), null, false, "no", null, 3, 1));
    }

    @Test
    void aDefinitionWithoutStatusHasNone() {
        assertThat(definition(with("enabled", "true")).status()).isNull();
    }

    /// One line is: the key, its value, and what the message must say beside the schedule's id.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "trigger | {'type':'interval','secs':0} | 'trigger.secs' is 0; it must be 1 to 315360000 seconds (10 years)",
                "trigger | {'type':'interval','secs':-5} | 'trigger.secs' is -5; it must be",
                "trigger | {'type':'interval','secs':315360001} | 'trigger.secs' is 315360001; it must be",
                "trigger | {'type':'interval','secs':99999999999999999999} | 'trigger.secs' is 99999999999999999999; it must be",
                "trigger | {'type':'interval','secs':1.5} | 'trigger.secs' must be a whole number",
                "trigger | {'type':'interval','secs':'9'} | 'trigger.secs' must be a whole number",
                "trigger | {'type':'interval'} | 'trigger.secs' is missing",
                "trigger | {'type':'interval','sec':9} | unknown key 'trigger.sec'; did you mean 'secs'?",
                "trigger | {'type':'interval','secs':9,'expr':'x'} | unknown key 'trigger.expr'",
                "trigger | {'type':'weekly'} | 'trigger.type' must be one of interval, cron",
                "trigger | {'type':'interval','secs':9,'strategy':'often'} | must be one of since_completion, anchored, anchored_skip",
                "trigger | {'type':'cron','expr':'61 * * * *'} | 'trigger.expr': cron expression '61 * * * *' is not valid",
                "trigger | {'type':'cron','expr':'@daily','time_zone':'Mars/Olympus'} | 'trigger.time_zone' must be the name of a time zone",
                "trigger | 9 | trigger must be an object",
                "kind | {'type':'oracle','table':'t'} | 'kind.type' must be one of mysql, postgres",
                "kind | {'table':'t'} | 'kind.type' is missing",
                "kind | {'type':'mysql','tabel':'t'} | kind: unknown key 'tabel'; did you mean 'table'?",
                "kind | {'type':'mysql','table':'t','dataset_name':'a/b'} | dataset 'a/b' is not a valid name",
                "enabled | 'yes' | 'enabled' must be true or false",
                "enabled | null | 'enabled' is missing",
                "enabeld | true | unknown key 'enabeld'; did you mean 'enabled'?",
                "zzz | true | unknown key 'zzz'; known are id, kind,",
                "retry | {'delays_secs':[0]} | 'retry.delays_secs[0]' is 0; it must be 1 to 604800 seconds (7 days)",
                "retry | {'delays_secs':9} | 'retry.delays_secs' must be a list",
                "retry | {'delay_secs':[9]} | unknown key 'retry.delay_secs'; did you mean 'delays_secs'?",
                "misfire | {'policy':'run_all'} | 'misfire.policy' is run_all, which is not here yet; use run_once or skip",
                "misfire | {'policy':'never'} | 'misfire.policy' must be one of run_once, skip, run_all",
                "misfire | {'max_late_secs':0} | 'misfire.max_late_secs' is 0",
                "stall_limit_secs | 0 | 'stall_limit_secs' is 0",
                "lease_secs | 1 | 'lease_secs' is 1; it must be 2 to 86400 seconds (1 day)",
                "created_at | 'yesterday' | 'created_at' must be a time such as",
                "on_foreign_commit | 'ignore' | 'on_foreign_commit' must be one of proceed, refuse"
            })
    void aBadValueIsRefusedByItsPlace(String key, String value, String message) {
        assertThatThrownBy(() -> read(with(key, value)))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DEFINITION))
                .hasMessageStartingWith("schedule 'x': ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSizeLessThanOrEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource({"a/b", "../x", ".hidden", "-x", "a b", "'a\\\\b'", "é", "''"})
    void anIdThatIsNotAPlainNameIsRefused(String id) {
        assertThatThrownBy(() -> read(with("id", "'" + id + "'")))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("is not a valid name: use letters, digits");
    }

    @Test
    void anIdOf128CharactersIsTheLongest() {
        assertThat(read(with("id", "'" + "a".repeat(128) + "'")).id()).hasSize(128);
        assertThatThrownBy(() -> read(with("id", "'" + "a".repeat(129) + "'"))).isInstanceOf(FreshetException.class);
    }

    private Schedule read(String json) {
        return definition(json).schedule();
    }

    private Definition definition(String json) {
        return reader.read(json(json), 7, NOW);
    }

    static JsonNode json(String text) {
        return DefinitionText.json("test", text.replace('\'', '"'));
    }

    /// A good definition in which one key is set.
    private static String with(String key, String value) {
        String text =
                "{'id':'x','kind':{'type':'mysql','table':'t'},'trigger':{'type':'interval','secs':20},'enabled':true}";
        ObjectNode node = (ObjectNode) json(text);
        node.set(key, json(value));
        return node.toString();
    }
}
