package dev.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.query.QueryColumn;
import dev.freshet.query.QueryResult;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The rows of a query, read while they are printed, so that a long result needs no memory here. Confined to one
/// thread.
final class QueryListing implements Iterator<ObjectNode> {
    private static final List<String> NUMBERS = List.of("INT", "DECIMAL", "DOUBLE", "FLOAT");

    private final ObjectMapper values = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private final QueryResult result;
    private boolean ahead;

    private QueryListing(QueryResult result) {
        this.result = result;
    }

    static Listing of(QueryResult result) {
        List<Cell> cells = result.columns().stream().map(QueryListing::cell).toList();
        return new Listing(cells, () -> new QueryListing(result));
    }

    @Override
    public boolean hasNext() {
        if (!ahead) ahead = result.next();
        return ahead;
    }

    @Override
    public ObjectNode next() {
        if (!hasNext()) throw new NoSuchElementException();
        ahead = false;
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        List<@Nullable Object> cells = result.row();
        for (int column = 0; column < cells.size(); column++) {
            row.set(result.columns().get(column).name(), values.valueToTree(cells.get(column)));
        }
        return row;
    }

    private static Cell cell(QueryColumn column) {
        String type = column.type().toUpperCase(Locale.ROOT);
        boolean number = !type.endsWith("]")
                && !type.startsWith("INTERVAL")
                && NUMBERS.stream().anyMatch(type::contains);
        return Cell.named(column.name(), number ? Cell.Style.NUMBER : Cell.Style.TEXT);
    }
}
