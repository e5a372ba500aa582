package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a statement wants, read from DuckDB's own parse tree of it: that it is one SELECT, and the tables that it
/// names.
final class Statement {
    private static final Set<String> SYSTEM_SCHEMAS = Set.of("information_schema", "pg_catalog");
    private static final List<String> SYSTEM_PREFIXES = List.of("duckdb_", "pragma_", "sqlite_", "pg_");

    private final Set<TableName> tables = new LinkedHashSet<>();
    private final Set<String> ownNames = new HashSet<>();
    private boolean asksForAll;

    /// @param tree what json_serialize_sql made of the text
    Statement(JsonNode tree) {
        if (tree.path("error").asBoolean()) {
            throw refused(reason(tree));
        }
        JsonNode statements = tree.path("statements");
        if (statements.size() != 1) {
            throw refused(statements.isEmpty() ? "there is no statement" : "there are several statements");
        }
        visit(statements.get(0));
    }

    private static String reason(JsonNode tree) {
        String message = tree.path("error_message").asText();
        return tree.path("error_type").asText().equals("not implemented") ? "it is not a SELECT" : message;
    }

    private static FreshetException refused(String why) {
        return new FreshetException(
                ErrorCode.BAD_USAGE, "a query is one SELECT statement, which reads and changes nothing: " + why);
    }

    /// The tables that the statement names and does not define itself.
    List<TableName> tables() {
        return tables.stream().filter(name -> !isOwn(name) && !isSystem(name)).toList();
    }

    /// Whether it asks for the list of tables.
    boolean asksForAll() {
        return asksForAll || tables.stream().anyMatch(Statement::isSystem);
    }

    private boolean isOwn(TableName name) {
        return name.path().size() == 1 && ownNames.contains(name.key());
    }

    private static boolean isSystem(TableName name) {
        String first = name.path().getFirst().toLowerCase(Locale.ROOT);
        return name.path().size() > 1
                ? SYSTEM_SCHEMAS.contains(first)
                : SYSTEM_PREFIXES.stream().anyMatch(first::startsWith);
    }

    private void visit(JsonNode node) {
        if (node.isObject()) {
            look(node);
        }
        node.forEach(this::visit);
    }

    private void look(JsonNode node) {
        switch (node.path("type").asText()) {
            case "BASE_TABLE" -> tables.add(name(node));
            case "SHOW_REF" -> asksForAll |= node.path("show_type").asText().equals("SHOW_SPECIAL");
            case "INSERT_QUERY_NODE", "UPDATE_QUERY_NODE", "DELETE_QUERY_NODE", "MERGE_QUERY_NODE" ->
                throw refused("it changes a table");
            default -> {}
        }
        for (JsonNode own : node.path("cte_map").path("map")) {
            ownNames.add(own.path("key").asText().toLowerCase(Locale.ROOT));
        }
    }

    private static TableName name(JsonNode table) {
        List<String> path = new ArrayList<>();
        table.path("qualified_name").path("path").forEach(part -> path.add(part.asText()));
        return new TableName(path);
    }
}
