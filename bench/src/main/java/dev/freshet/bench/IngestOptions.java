package dev.freshet.bench;

import java.util.List;

/// How large the tables of an [IngestPostgresRun] are, how often they are copied, and by whom not.
///
/// @param scale TPC-H's scale factor
record IngestOptions(double scale, long wideRows, int rounds, List<String> without) {
    private static final int WIDE_ROWS = 1_000_000;

    IngestOptions {
        without = List.copyOf(without);
        if (scale <= 0 || wideRows < 1 || rounds < 1) {
            throw new IllegalArgumentException("--scale, --wide-rows and --rounds must be positive");
        }
    }

    static IngestOptions parse(String... arguments) {
        double scale = 1;
        long wideRows = 0;
        int rounds = 5;
        List<String> without = List.of();
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--scale" -> scale = Double.parseDouble(value);
                case "--wide-rows" -> wideRows = Long.parseLong(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--without" -> without = List.of(value.split(","));
                default -> throw new IllegalArgumentException(arguments[i] + " is no option of ingest-postgres");
            }
        }
        long rows = wideRows > 0 ? wideRows : Math.max(1, Math.round(WIDE_ROWS * scale));
        return new IngestOptions(scale, rows, rounds, without);
    }
}
