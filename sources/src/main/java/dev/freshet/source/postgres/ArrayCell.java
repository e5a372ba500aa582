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
        if (length < LENGTH_AT) {
            throw broken();
        }
        int dimensions = BinaryCells.int4(data, offset);
        if (dimensions > 1) {
            throw new Misfit("an array of " + dimensions + " dimensions");
        }
        ListVector list = (ListVector) into;
        if (dimensions == 1) {
            if (length < ELEMENTS_AT) {
                throw broken();
            }
            if (BinaryCells.int4(data, offset + LOWER_BOUND_AT) != 1) {
                throw new Misfit("an array that begins at " + BinaryCells.int4(data, offset + LOWER_BOUND_AT));
            }
            elements(data, offset, offset + length, list.elements());
        }
        list.endList();
    }

    private void elements(byte[] data, int offset, int end, Vector elements) {
        int count = BinaryCells.int4(data, offset + LENGTH_AT);
        int at = offset + ELEMENTS_AT;
        for (int i = 0; i < count; i++) {
            if (end - at < Integer.BYTES) {
                throw broken();
            }
            int size = BinaryCells.int4(data, at);
            at += Integer.BYTES;
            if (size > end - at) {
                throw broken();
            }
            if (size < 0) {
                elements.appendNull();
            } else {
                element.read(data, at, size, elements);
                at += size;
            }
        }
    }

    private static Misfit broken() {
        return new Misfit("an array that breaks off");
    }
}
