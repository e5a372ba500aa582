/// Datasets, their columns, sensitivity and lineage, read from the tables themselves.
///
/// Start at [Catalog][dev.freshet.catalog.Catalog]. One rule: nothing is kept beside the tables, so nothing can
/// disagree with them.
@NullMarked
package dev.freshet.catalog;

import org.jspecify.annotations.NullMarked;
