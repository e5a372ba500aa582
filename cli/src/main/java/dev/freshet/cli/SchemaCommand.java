package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Freshet;
import dev.freshet.Shapes;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        header = "Show a dataset's columns and what is sensitive in them.",
        description = "Show a dataset's columns: their types here and in the source, and what is sensitive in them.",
        footer = {"", "Example:", "  freshet schema customers"})
final class SchemaCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    String name = "";

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Freshet freshet = session.open()) {
            ObjectNode dataset = freshet.dataset(name)
                    .map(Shapes::dataset)
                    .orElseThrow(() -> new FreshetException(
                            ErrorCode.UNKNOWN_ID,
                            "there is no dataset '" + name + "' in the lake; see: freshet get datasets"));
            session.print(Listings.columns(columns(dataset)));
        }
        return ExitCode.OK;
    }

    private static List<ObjectNode> columns(ObjectNode dataset) {
        List<ObjectNode> columns = new ArrayList<>();
        for (JsonNode column : dataset.path("columns")) {
            if (column instanceof ObjectNode fields) columns.add(fields);
        }
        return columns;
    }
}
