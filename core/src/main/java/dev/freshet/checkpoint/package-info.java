/// How long work survives a death: what a task has done so far, kept below `_freshet/checkpoints/<owner>` so that
/// its successor goes on from there. The holder of the owner's lease writes through `Checkpointer`; anybody reads
/// through `Checkpoints`. State comes first and the catalog last, and whatever cannot be read stops collection.
@NullMarked
package dev.freshet.checkpoint;

import org.jspecify.annotations.NullMarked;
