/// Layout and epoch of a lake, the control table, and leases with their fences.
@NullMarked
package dev.freshet.control;

import org.jspecify.annotations.NullMarked;
