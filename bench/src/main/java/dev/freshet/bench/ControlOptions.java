package dev.freshet.bench;

/// How long a [ControlRun] goes on.
///
/// @param commits how old the old lake is
record ControlOptions(int commits, int processes) {
    static ControlOptions parse(String... arguments) {
        int commits = 100_000;
        int processes = 8;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            int value = Integer.parseInt(arguments[i + 1]);
            switch (arguments[i]) {
                case "--commits" -> commits = value;
                case "--processes" -> processes = value;
                default -> throw new IllegalArgumentException(arguments[i] + " is no option of control");
            }
        }
        return new ControlOptions(commits, processes);
    }
}
