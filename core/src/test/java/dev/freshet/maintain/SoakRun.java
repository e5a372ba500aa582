package dev.freshet.maintain;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Ten minutes of writers, readers of old versions, and maintenance with a short retention, on a real disk.
public final class SoakRun {
    private static final Duration AGE = Duration.ofSeconds(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private SoakRun() {}

    /// Ends with an error if anything went wrong.
    ///
    /// @param arguments the project's folder, then perhaps `--minutes N`, which may have a fraction
    public static void main(String[] arguments) throws IOException, InterruptedException {
        double minutes =
                arguments.length > 2 && arguments[1].equals("--minutes") ? Double.parseDouble(arguments[2]) : 10;
        Path lake = Files.createTempDirectory("freshet-soak-");
        try (Store store = LocalStore.open(lake)) {
            Soak soak = new Soak(store, Host.system(), AGE);
            soak.run(Duration.ofMillis((long) (minutes * MINUTE.toMillis())));
            soak.faults.stream().limit(20).forEach(System.err::println);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("minutes", minutes);
            figures.putAll(soak.figures());
            figures.put("objects", objects(lake));
            System.out.println(new ObjectMapper().writeValueAsString(figures));
            if (!soak.faults.isEmpty()) {
                throw new IllegalStateException(soak.faults.size() + " faults");
            }
        } finally {
            delete(lake);
        }
    }

    private static long objects(Path lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static void delete(Path lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
