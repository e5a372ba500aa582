package dev.freshet.parquet;

import java.io.IOException;

/// Who does the work of a file's columns.
sealed interface Crew permits Crew.Alone, Team {
    /// What is done for one column.
    @FunctionalInterface
    interface Work {
        void run(int column, PageSpace space) throws IOException;
    }

    /// Does the work for each column; when it returns or throws, nobody is at it any more.
    void each(int columns, Work work) throws IOException;

    /// The caller's space.
    PageSpace first();

    /// Memory held to do it.
    long bytes();

    /// The caller's thread.
    record Alone(PageSpace space) implements Crew {
        @Override
        public void each(int columns, Work work) throws IOException {
            for (int i = 0; i < columns; i++) {
                work.run(i, space);
            }
        }

        @Override
        public PageSpace first() {
            return space;
        }

        @Override
        public long bytes() {
            return space.bytes();
        }
    }
}
