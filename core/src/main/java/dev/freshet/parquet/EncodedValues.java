package dev.freshet.parquet;

import org.apache.parquet.bytes.BytesInput;

/// A page's values as Parquet stores them, with or without their levels.
record EncodedValues(BytesInput bytes, Encoding encoding) {}
