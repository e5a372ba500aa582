/// SQL over tables, read only. The only package that imports DuckDB.
///
/// Start at [QueryEngine][dev.freshet.query.QueryEngine]. One rule: a statement can read the files of the tables
/// that it names, as they were when it began, and nothing else of the machine.
@NullMarked
package dev.freshet.query;

import org.jspecify.annotations.NullMarked;
