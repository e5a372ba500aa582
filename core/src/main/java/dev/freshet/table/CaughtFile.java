package dev.freshet.table;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.ByteArrayOutputStream;

/// The one file that Kernel wrote, held in memory.
final class CaughtFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String caughtPath = "";

    byte[] bytes() {
        return bytes.toByteArray();
    }

    boolean isAt(String path) {
        return path.equals(caughtPath);
    }

    OutputFile at(String path) {
        caughtPath = path;
        return new OutputFile() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public PositionOutputStream create(boolean putIfAbsent) {
                return new Stream();
            }

            @Override
            public void writeAtomically(CloseableIterator<String> lines, boolean overwrite) {
                throw new UnsupportedOperationException("Kernel writes no text here: " + path);
            }
        };
    }

    /// Catches what is written.
    private final class Stream extends PositionOutputStream {
        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }
    }
}
