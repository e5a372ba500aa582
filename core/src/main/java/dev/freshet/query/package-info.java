/// SQL over tables, read only. The only package that imports DuckDB.
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
