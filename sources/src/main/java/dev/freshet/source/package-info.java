/// What the sources have in common.
@NullMarked
package dev.freshet.source;

import org.jspecify.annotations.NullMarked;
