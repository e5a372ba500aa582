/// What a process gets from its machine: wall clock, ticker, sleep, threads, randomness. It is the seam a simulator
/// drives.
@NullMarked
package dev.freshet.host;

import org.jspecify.annotations.NullMarked;
