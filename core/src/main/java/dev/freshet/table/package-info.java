/// Delta tables: snapshot, transaction, commit outcome, fence, position, optimize, vacuum.
/// The only package that imports Delta Kernel.
@NullMarked
package dev.freshet.table;

import org.jspecify.annotations.NullMarked;
