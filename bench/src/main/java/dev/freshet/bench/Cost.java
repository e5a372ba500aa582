package dev.freshet.bench;

/// What one command took: wall and processor time with all processes that it started, the largest resident size of any
/// of them, and the data files that it left.
record Cost(double seconds, double cpuSeconds, long rssMegabytes, double fileMegabytes) {}
