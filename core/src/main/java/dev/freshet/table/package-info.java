/// Delta tables on a [dev.freshet.store.Store]: snapshots, commits decided at exactly the next version, fences,
/// checkpoints. Start at [DeltaTable]; tasks commit through [FencedWrite]. The rule kept here: a commit is put
/// once, by us, as bytes that no other writer can produce, and what is not known to be committed is never called
/// so. The only package that imports Delta Kernel, which loads snapshots and writes checkpoints.
@NullMarked
package dev.freshet.table;

import org.jspecify.annotations.NullMarked;
