package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// A page's values as Parquet stores them.
record EncodedValues(BytesInput bytes, Encoding encoding) {}
