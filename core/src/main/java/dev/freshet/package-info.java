/// Freshet keeps a lakehouse fresh by itself. This package is the façade: open a lake, start the house, close it;
/// schedules, tasks, runs, datasets and queries are reached from here.
@NullMarked
package dev.freshet;

import org.jspecify.annotations.NullMarked;
