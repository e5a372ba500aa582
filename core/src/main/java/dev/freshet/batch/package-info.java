/// Columnar batches of primitive arrays and their logical types. Imports none of the other packages.
@NullMarked
package dev.freshet.batch;

import org.jspecify.annotations.NullMarked;
