/// Columnar batches in, data files and their statistics out; and data files back into batches. The only package
/// that imports Parquet.
///
/// Start at [DataFileWriter][dev.freshet.parquet.DataFileWriter]. One rule: whatever the rows are like, memory
/// stays within the options' byte limit plus one value.
@NullMarked
package dev.freshet.parquet;

import org.jspecify.annotations.NullMarked;
