package dev.freshet.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/// What Parquet's column readers want to be given; ours take values from the readers themselves.
final class NoConverter extends GroupConverter {
    private final PrimitiveConverter leaf = new PrimitiveConverter() {};

    @Override
    public Converter getConverter(int fieldIndex) {
        return this;
    }

    @Override
    public PrimitiveConverter asPrimitiveConverter() {
        return leaf;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
}
