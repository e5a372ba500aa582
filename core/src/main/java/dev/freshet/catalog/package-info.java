/// Datasets, their columns, sensitivity and lineage, read from the tables themselves.
@NullMarked
package dev.freshet.catalog;

import org.jspecify.annotations.NullMarked;
