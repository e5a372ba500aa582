package dev.freshet.e2e;

import java.util.List;

/// The chaos of [Chaos] as a load run: the figures are its last line. Ends with 1 when anything was damaged or
/// taken over too late, and says how to do it again.
public final class ChaosRun {
    private ChaosRun() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty(Project.HOME_PROPERTY, arguments[0]);
        ChaosOptions options = ChaosOptions.of(List.of(arguments).subList(1, arguments.length));
        System.err.println("chaos: " + options.command());
        Stage stage = new Stage();
        stage.open();
        boolean sound = false;
        try {
            ChaosReport report = new Chaos(options, stage, System.err).run();
            sound = report.damages().isEmpty() && report.inTime();
            report.damages().forEach(damage -> System.err.println("chaos: " + damage));
            report.lateTakeovers().forEach(late -> System.err.println("chaos: " + late));
            System.out.println(report.json());
        } finally {
            if (!sound || options.keep()) {
                System.err.println("chaos: lake and logs are kept in " + stage.folder());
                System.err.println("chaos: once more: " + options.command());
            }
            stage.close(!sound || options.keep());
        }
        Runtime.getRuntime().exit(sound ? 0 : 1);
    }
}
