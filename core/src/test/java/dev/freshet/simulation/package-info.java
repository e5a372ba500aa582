/// A deterministic simulator: several processes run the real runner, control table, ledger and commits over one
/// store in memory, in virtual time, from one seed. Their threads pass a single baton at every call to the
/// store or the host, so that the seed alone decides every interleaving, fault, pause, death and clock. Start
/// at [Simulation]; what must hold afterwards is in the `…Check` classes. The rule kept here: nothing but the
/// seed decides anything.
@NullMarked
package dev.freshet.simulation;

import org.jspecify.annotations.NullMarked;
