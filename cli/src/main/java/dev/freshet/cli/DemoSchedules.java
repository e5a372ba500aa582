package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Freshet;
import dev.freshet.cli.demo.ShopDatabase;
import java.util.List;

/// One schedule for each table of the shop, and a rollup of its facts.
final class DemoSchedules {
    /// Short, so that a demo that was killed goes on soon after its next start.
    private static final int LEASE_SECS = 15;

    private DemoSchedules() {}

    static List<JsonNode> of(ShopDatabase shop) {
        return shop.tables().stream().map(table -> schedule(table, shop.dsn())).toList();
    }

    /// The facts of every hour, summed up.
    static JsonNode rollup() {
        return Freshet.definitions("demo.yaml", """
                rollup: task_usage_hourly
                source: task_usage
                time: created_at
                updated: updated_at
                dimensions: [workspace, runtime, agent, project, provider, model]
                measures:
                  input_tokens: {sum: input_tokens}
                  output_tokens: {sum: output_tokens}
                  cache_read_tokens: {sum: cache_read_tokens}
                  cache_write_tokens: {sum: cache_write_tokens}
                  task_count: {distinct: task_id}
                  event_count: count
                created_by: demo
                lease_secs: %d
                """.formatted(LEASE_SECS)).getFirst();
    }

    private static JsonNode schedule(String table, String dsn) {
        ObjectNode schedule = JsonNodeFactory.instance.objectNode().put("id", table);
        schedule.putObject("kind").put("type", "postgres").put("dsn", dsn).put("table", table);
        trigger(table, schedule.putObject("trigger"));
        return schedule.put("enabled", true).put("created_by", "demo").put("lease_secs", LEASE_SECS);
    }

    private static void trigger(String table, ObjectNode trigger) {
        switch (table) {
            case "orders", "order_lines" -> trigger.put("type", "interval").put("secs", 10);
            case "task_usage" -> trigger.put("type", "cron").put("expr", "* * * * *");
            default -> trigger.put("type", "interval").put("secs", 30);
        }
    }
}
