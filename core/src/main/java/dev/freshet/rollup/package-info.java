/// Rollups: facts summed up by hour and dimensions, in tables of their own that follow the facts.
///
/// Start at [RollupKind][dev.freshet.rollup.RollupKind] for the work and at [Rollup][dev.freshet.rollup.Rollup] for
/// what can be asked. One rule: a rollup equals its recomputation as of the version that its state names.
@NullMarked
package dev.freshet.rollup;

import org.jspecify.annotations.NullMarked;
