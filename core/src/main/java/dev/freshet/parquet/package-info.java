/// Columnar batches in, file and statistics out. The only package that imports Parquet.
@NullMarked
package dev.freshet.parquet;

import org.jspecify.annotations.NullMarked;
