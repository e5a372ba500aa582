/// Looks after the tables of a lake: [MaintainKind] is a task for each table that removes what is too old, joins small
/// files, and deletes what nobody needs any more. What others still need it asks through a port of `table`; it knows
/// none of them.
@NullMarked
package dev.freshet.maintain;

import org.jspecify.annotations.NullMarked;
