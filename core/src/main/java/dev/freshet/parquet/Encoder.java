package dev.freshet.parquet;

/// Who writes a data file: both write the same rows, and every Parquet reader reads them.
public enum Encoder {
    /// Ours: column by column from the batch, several times faster, files as small or smaller.
    FRESHET,
    /// The format's reference implementation: row by row, with its own choice of encodings.
    PARQUET_JAVA
}
