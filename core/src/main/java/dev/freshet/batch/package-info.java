/// Columnar batches of primitive arrays and their logical types. Imports none of the other packages.
///
/// Start at [Batch][dev.freshet.batch.Batch]. One rule: a vector's arrays outlive its values, so that a reader
/// and an encoder can pass the same batches round without allocating, and the bytes that a batch reports are
/// those that its arrays really hold.
@NullMarked
package dev.freshet.batch;

import org.jspecify.annotations.NullMarked;
