package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// The entries of a chunk's dictionary in plain encoding.
record DictionaryPage(BytesInput bytes, int count) {}
