package dev.freshet.parquet;

import dev.freshet.batch.ListVector;
import dev.freshet.batch.Vector;
import org.apache.parquet.column.ColumnReader;

/// Reads the value of one row, or of one element of a list, into a vector.
sealed interface FieldReader {
    void read(Vector out);

    /// A column that the file does not have.
    record Missing() implements FieldReader {
        @Override
        public void read(Vector out) {
            out.appendNull();
        }
    }

    /// @param present the definition level of a value
    record Leaf(ColumnReader in, int present, Conversion conversion) implements FieldReader {
        @Override
        public void read(Vector out) {
            if (in.getCurrentDefinitionLevel() == present) {
                conversion.copy(in, out);
            } else {
                out.appendNull();
            }
            in.consume();
        }
    }

    /// @param empty the definition level of an empty list; lower is null, higher has elements
    /// @param depth the repetition level of all elements but the first
    record Repeated(ColumnReader in, int empty, int depth, FieldReader element) implements FieldReader {
        @Override
        public void read(Vector out) {
            ListVector list = (ListVector) out;
            int definition = in.getCurrentDefinitionLevel();
            if (definition < empty) {
                list.appendNull();
                in.consume();
            } else if (definition == empty) {
                list.endList();
                in.consume();
            } else {
                readElements(list);
            }
        }

        private void readElements(ListVector list) {
            do {
                element.read(list.elements());
            } while (in.getCurrentRepetitionLevel() == depth);
            list.endList();
        }
    }
}
