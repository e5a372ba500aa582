package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.demo.ShopDatabase;
import java.util.List;

/// One schedule for each table of the shop.
final class DemoSchedules {
    /// Short, so that a demo that was killed goes on soon after its next start.
    private static final int LEASE_SECS = 15;

    private DemoSchedules() {}

    static List<JsonNode> of(ShopDatabase shop) {
        return shop.tables().stream().map(table -> schedule(table, shop.dsn())).toList();
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
