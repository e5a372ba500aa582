package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A lake that belongs to the demo: the demo made it in an empty folder, and marks it with the folder `_demo`. Nothing
/// else is ever filled or wiped. Failures are [FreshetException]s that name the folder.
public final class DemoLake {
    private static final List<String> FOLDERS = List.of("datasets", "rollups", "events", "_freshet", "_demo");
    private static final List<String> ROLLUPS = List.of("task_usage_hourly");

    private final Path root;

    public DemoLake(Path root) {
        this.root = root;
    }

    /// Where the shop's database lives.
    public Path home() {
        return root.resolve("_demo");
    }

    /// Refuses a folder that holds anything but a demo.
    public void check() {
        if (Files.isDirectory(home()) || names(root).isEmpty()) return;
        throw new FreshetException(
                ErrorCode.BAD_USAGE, root + " is not empty and no demo's lake; name an empty folder with --lake");
    }

    /// Removes everything that the demo made, if nobody else's work is in between.
    public void wipe() {
        if (!Files.exists(root)) return;
        if (!Files.isDirectory(home())) {
            throw new FreshetException(ErrorCode.BAD_USAGE, root + " is no demo's lake; --reset leaves it alone");
        }
        Set<String> foreign = foreign();
        if (!foreign.isEmpty()) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    root + " holds what the demo did not make (" + String.join(", ", foreign)
                            + "); move it away or name another folder with --lake");
        }
        delete();
    }

    private Set<String> foreign() {
        List<String> tables = Shop.tables().stream().map(ShopTable::name).toList();
        Set<String> foreign = new TreeSet<>(names(root));
        FOLDERS.forEach(foreign::remove);
        for (String folder : List.of("datasets", "_freshet/schedules")) foreign.addAll(others(folder, tables));
        for (String folder : List.of("rollups", "_freshet/rollups")) foreign.addAll(others(folder, ROLLUPS));
        return foreign;
    }

    private List<String> others(String folder, List<String> ours) {
        return names(root.resolve(folder)).stream()
                .filter(name -> !ours.contains(name))
                .map(name -> folder + "/" + name)
                .toList();
    }

    private void delete() {
        try (HomeLock _ = HomeLock.of(home())) {
            PostgresServer.stopLeftover(home());
            for (String name : FOLDERS) Folders.delete(root.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
