package dev.freshet.parquet;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/// Which columns of a file are read, and into what.
final class FileColumns {
    private final String key;
    private final Schema wanted;
    private final MessageType requested;

    FileColumns(String key, Schema wanted, MessageType file) {
        this.key = key;
        this.wanted = wanted;
        List<Type> fields = new ArrayList<>();
        wanted.columns().forEach(column -> find(file, column.name()).ifPresent(fields::add));
        this.requested = new MessageType(file.getName(), fields);
    }

    /// The file's schema, without the columns that nobody wants.
    MessageType requested() {
        return requested;
    }

    /// One reader for each wanted column.
    List<FieldReader> open(ColumnReadStoreImpl columns) {
        List<FieldReader> readers = new ArrayList<>();
        for (Column column : wanted.columns()) {
            readers.add(find(requested, column.name())
                    .map(type -> new Path(column, columns).reader(type))
                    .orElseGet(FieldReader.Missing::new));
        }
        return readers;
    }

    private static Optional<Type> find(GroupType group, String name) {
        if (group.containsField(name)) {
            return Optional.of(group.getType(name));
        }
        return group.getFields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst();
    }

    /// The levels of whatever is around a field.
    private record Place(int definition, int repetition) {
        Place inside(Type type) {
            return switch (type.getRepetition()) {
                case REQUIRED -> this;
                case OPTIONAL -> new Place(definition + 1, repetition);
                case REPEATED -> new Place(definition + 1, repetition + 1);
            };
        }
    }

    /// The way down to the one leaf of a column.
    private final class Path {
        private final Column column;
        private final ColumnReadStoreImpl columns;
        private final List<String> names = new ArrayList<>();
        private @Nullable ColumnReader reader;

        Path(Column column, ColumnReadStoreImpl columns) {
            this.column = column;
            this.columns = columns;
        }

        FieldReader reader(Type type) {
            names.add(type.getName());
            return reader(type, column.type(), new Place(0, 0).inside(type));
        }

        /// @param at the levels of a value of this type
        private FieldReader reader(Type type, ColumnType to, Place at) {
            return to instanceof Array array ? list(type, array, at) : leaf(type, to, at);
        }

        private FieldReader leaf(Type type, ColumnType to, Place at) {
            if (!type.isPrimitive()) {
                throw unfit(type, to);
            }
            Conversion conversion = Conversions.of(type.asPrimitiveType(), to).orElseThrow(() -> unfit(type, to));
            return new FieldReader.Leaf(in(), at.definition(), conversion);
        }

        private FieldReader list(Type type, Array array, Place at) {
            if (type.isPrimitive() || !(type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
                throw unfit(type, array);
            }
            FieldReader element = element(type, type.asGroupType().getType(0), array, at);
            return new FieldReader.Repeated(in(), at.definition(), at.repetition() + 1, element);
        }

        /// Reads the elements of a list of three levels, or of two as old writers made them: there the repeated
        /// field is the element.
        private FieldReader element(Type list, Type repeated, Array array, Place around) {
            names.add(repeated.getName());
            Place inside = around.inside(repeated);
            if (repeated.isPrimitive() && !(array.element() instanceof Array)) {
                return leaf(repeated, array.element(), inside);
            }
            if (isElement(list, repeated)) {
                throw unfit(list, array);
            }
            Type element = repeated.asGroupType().getType(0);
            names.add(element.getName());
            return reader(element, array.element(), inside.inside(element));
        }

        private static boolean isElement(Type list, Type repeated) {
            return repeated.isPrimitive()
                    || repeated.asGroupType().getFieldCount() > 1
                    || repeated.getName().equals("array")
                    || repeated.getName().equals(list.getName() + "_tuple");
        }

        /// The leaf's one reader, asked for when all names on the way are known.
        private ColumnReader in() {
            if (reader == null) {
                reader = columns.getColumnReader(requested.getColumnDescription(names.toArray(String[]::new)));
            }
            return reader;
        }

        private FreshetException unfit(Type type, ColumnType to) {
            return new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "%s: column '%s' is %s in the file, which cannot be read as %s"
                            .formatted(key, column.name(), type.toString().strip(), to));
        }
    }
}
