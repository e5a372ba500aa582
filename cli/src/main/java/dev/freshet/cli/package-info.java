/// The `freshet` command. It works on the lake directly; no server is needed.
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
