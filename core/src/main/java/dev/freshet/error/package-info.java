/// The one exception root and its codes.
@NullMarked
package dev.freshet.error;

import org.jspecify.annotations.NullMarked;
