package dev.freshet.source.postgres;

import dev.freshet.batch.ListVector;
import dev.freshet.batch.Vector;
import dev.freshet.ingest.Cell;
import dev.freshet.ingest.Misfit;

/// An array in binary: dimensions, a flag, the elements' type, length and lower bound of each dimension,
/// elements.
record ArrayCell(Cell element) implements Cell {
    private static final int LENGTH_AT = 12;
    private static final int LOWER_BOUND_AT = 16;
    private static final int ELEMENTS_AT = 20;

    @Override
    public void read(byte[] data, int offset, int length, Vector into) {
        int dimensions = BinaryCells.int4(data, offset);
        if (dimensions > 1) {
            throw new Misfit("an array of " + dimensions + " dimensions");
        }
        ListVector list = (ListVector) into;
        if (dimensions == 1) {
            if (BinaryCells.int4(data, offset + LOWER_BOUND_AT) != 1) {
                throw new Misfit("an array that begins at " + BinaryCells.int4(data, offset + LOWER_BOUND_AT));
            }
            elements(data, offset, list.elements());
        }
        list.endList();
    }

    private void elements(byte[] data, int offset, Vector elements) {
        int count = BinaryCells.int4(data, offset + LENGTH_AT);
        int at = offset + ELEMENTS_AT;
        for (int i = 0; i < count; i++) {
            int size = BinaryCells.int4(data, at);
            at += Integer.BYTES;
            if (size < 0) {
                elements.appendNull();
            } else {
                element.read(data, at, size, elements);
                at += size;
            }
        }
    }
}
