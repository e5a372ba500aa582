/// Layout and epoch of a lake, the control table, and leases with their fences. Start at [ControlTable]; what it
/// decides is in [Claim], [Release] and [Edit], pure functions of the newest rows. No clock of another machine is
/// ever asked who owns what.
@NullMarked
package dev.freshet.control;

import org.jspecify.annotations.NullMarked;
