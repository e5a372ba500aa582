/// The MySQL and MariaDB source.
@NullMarked
package dev.freshet.source.mysql;

import org.jspecify.annotations.NullMarked;
