package dev.freshet.rollup;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.query.FileQuery;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Compares a rollup with its recomputation, month by month. Used once.
final class Verification {
    private static final int MOST_EXAMPLES = 10;

    private final RollupDefinition definition;
    private final Facts facts;
    private final Snapshot own;
    private final FileQuery engine;
    private final List<String> examples = new ArrayList<>();
    private long surplus;
    private long missing;

    Verification(RollupDefinition definition, Facts facts, Snapshot own, FileQuery engine) {
        this.definition = definition;
        this.facts = facts;
        this.own = own;
        this.engine = engine;
    }

    RollupCheck run() {
        RollupState state = RollupState.in(own)
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "rollup '%s' has no state yet; run it first".formatted(definition.name())));
        if (!state.definition().equals(definition.fingerprint())) {
            return check(state.processedVersion(), "its definition has changed since; nothing was compared");
        }
        Pass pass = state.pass();
        if (pass == null) {
            compare(state.processedVersion(), state.floor(), Buckets.END);
            return check(state.processedVersion(), null);
        }
        compare(pass.version(), Math.max(state.floor(), pass.from()), pass.through());
        if (state.processedVersion() < 0) {
            return check(pass.version(), "a backfill is under way; what it has not done was not compared");
        }
        compare(state.processedVersion(), Math.max(state.floor(), pass.through()), Buckets.END);
        return check(state.processedVersion(), null);
    }

    private RollupCheck check(long version, @Nullable String note) {
        boolean equal = surplus == 0 && missing == 0 && note == null;
        return new RollupCheck(
                definition.name(), equal, version, own.rows().orElse(0), surplus, missing, examples, note);
    }

    private void compare(long version, long from, long to) {
        if (from >= to) {
            return;
        }
        Snapshot snapshot = facts.at(version);
        RollupSchema schema = RollupSchema.of(definition, snapshot);
        RollupSql sql = new RollupSql(schema, Safeguards.ALL);
        FactsQuery query = new FactsQuery(engine, schema, sql);
        Schema rows = withSide(schema.rows());
        for (Slices.Slice slice : Slices.whole(from, query.months(snapshot, Buckets.span(from, to)))) {
            Buckets hours = slice.buckets().within(from, to);
            if (!hours.isEmpty()) {
                List<FileQuery.Part> parts = List.of(
                        new FileQuery.Part(RollupSql.FACTS, snapshot, query.meeting(snapshot, hours)),
                        new FileQuery.Part(RollupSql.KEPT, own, own.files()));
                engine.run(parts, sql.different(hours), rows, FactsQuery.BATCH_ROWS, this::count);
            }
        }
    }

    private static Schema withSide(Schema rows) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("side of the row", ColumnType.STRING, false));
        columns.addAll(rows.columns());
        return new Schema(columns);
    }

    private void count(Batch batch) {
        for (int row = 0; row < batch.rows(); row++) {
            boolean isSurplus = batch.texts(0).text(row).equals("rollup");
            surplus += isSurplus ? 1 : 0;
            missing += isSurplus ? 0 : 1;
            if (examples.size() < MOST_EXAMPLES) {
                examples.add((isSurplus ? "the rollup has " : "the facts make ") + text(batch, row));
            }
        }
    }

    private static String text(Batch batch, int row) {
        return IntStream.range(1, batch.schema().size())
                .mapToObj(column -> batch.schema().column(column).name() + "=" + batch.value(column, row))
                .collect(Collectors.joining(" "));
    }
}
