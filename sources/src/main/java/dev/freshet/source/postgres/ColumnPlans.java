package dev.freshet.source.postgres;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.Mended;
import dev.freshet.ingest.SourceColumns;
import dev.freshet.ingest.TableRequest;
import dev.freshet.ingest.TextCells;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides how each column of a table arrives. docs/types.md is the user's view of these rules.
final class ColumnPlans {
    private static final String AS_TEXT = "::pg_catalog.text";
    private static final String AS_TEXTS = "::pg_catalog.text[]";

    private final PostgresCatalog catalog;
    private final TypePlans types;

    ColumnPlans(PostgresCatalog catalog, boolean checkUtf8) {
        this.catalog = catalog;
        this.types = new TypePlans(checkUtf8 ? TextCells.checkedText() : BinaryCells.BYTES);
    }

    List<ColumnPlan> of(List<PostgresColumn> columns, TableRequest request) throws PostgresException {
        List<ColumnPlan> plans = new ArrayList<>();
        for (PostgresColumn column : columns) {
            plans.add(plan(column, request.columns().get(column.name()), request.mended()));
        }
        return plans;
    }

    private ColumnPlan plan(PostgresColumn column, @Nullable ColumnPolicy policy, Mended mended)
            throws PostgresException {
        TypePlan natural = natural(column.type(), column.modifier());
        if (policy == null || policy.asksNothingOf(natural.type())) {
            return plan(column, natural, !column.notNull());
        }
        boolean nullable = !column.notNull() || policy.makesNulls();
        if (natural.type().equals(ColumnType.STRING) && policy.as().equals(ColumnType.BINARY)) {
            return plan(column, new TypePlan(ColumnType.BINARY, natural.cast(), BinaryCells.BYTES), nullable);
        }
        Cell cell = policy.as().equals(ColumnType.STRING) ? types.text() : TextCells.of(policy.as());
        Cell mending = mended.cell(column.name(), policy, cell);
        return plan(column, new TypePlan(policy.as(), AS_TEXT, mending), nullable);
    }

    private static ColumnPlan plan(PostgresColumn column, TypePlan type, boolean nullable) {
        Column planned = new Column(
                column.name(), type.type(), nullable, SourceColumns.metadata(column.typeName(), column.comment()));
        return new ColumnPlan(planned, PostgresName.quote(column.name()) + type.cast(), type.cell());
    }

    private TypePlan natural(long oid, int modifier) throws PostgresException {
        TypePlan known = types.of(oid, modifier);
        if (known != null) {
            return known;
        }
        PostgresType type = catalog.type(oid);
        if (type.domain()) {
            return natural(type.base(), type.baseModifier());
        }
        if (type.enumeration()) {
            return new TypePlan(ColumnType.STRING, "", types.text());
        }
        return type.array() ? array(type.element(), modifier) : new TypePlan(ColumnType.STRING, AS_TEXT, types.text());
    }

    private TypePlan array(long element, int modifier) throws PostgresException {
        TypePlan plan = types.printed(element, modifier)
                ? new TypePlan(ColumnType.STRING, AS_TEXT, types.text())
                : natural(element, modifier);
        if (plan.type() instanceof ColumnType.Array || (!plan.cast().isEmpty() && !types.printed(element, modifier))) {
            return new TypePlan(ColumnType.STRING, AS_TEXT, types.text());
        }
        return new TypePlan(
                new ColumnType.Array(plan.type()), plan.cast().isEmpty() ? "" : AS_TEXTS, new ArrayCell(plan.cell()));
    }
}
