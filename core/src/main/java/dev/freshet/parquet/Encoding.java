package dev.freshet.parquet;

/// How values are written, with the number that the Parquet format has for it.
enum Encoding {
    PLAIN(0),
    RLE(3),
    DELTA_BINARY_PACKED(5),
    DELTA_LENGTH_BYTE_ARRAY(6),
    RLE_DICTIONARY(8);

    private final int number;

    Encoding(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
