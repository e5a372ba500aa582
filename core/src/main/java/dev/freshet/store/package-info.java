/// Bytes of the lake: put-if-absent, list-from, ranged read, delete; local and in memory. The only package that may
/// import an object store's SDK.
@NullMarked
package dev.freshet.store;

import org.jspecify.annotations.NullMarked;
