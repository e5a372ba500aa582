package dev.freshet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which packages mention a class anywhere in their class files: calls, signatures, generics, patterns, annotations.
final class Mentions {
    private static final Pattern CLASS_NAME = Pattern.compile("((?:dev/freshet|planted/house)/(?:\\w+/)*)(\\w+)");

    private final Map<String, Set<String>> packagesByClass = new HashMap<>();

    static Mentions in(List<Path> folders) {
        var mentions = new Mentions();
        folders.forEach(folder -> {
            ClassFiles.below(folder).forEach(mentions::add);
            mentions.addServices(folder.resolve("META-INF/services"));
        });
        return mentions;
    }

    private void add(ClassModel model) {
        String name = model.thisClass().asInternalName();
        String mentioning = name.substring(0, name.lastIndexOf('/')).replace('/', '.');
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                CLASS_NAME
                        .matcher(text.stringValue())
                        .results()
                        .forEach(found -> packagesByClass
                                .computeIfAbsent(found.group().replace('/', '.'), _ -> new HashSet<>())
                                .add(mentioning));
            }
        }
    }

    /// A provider is public for those who look for services.
    private void addServices(Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> services = Files.list(folder)) {
                services.flatMap(Mentions::lines)
                        .forEach(provider -> packagesByClass
                                .computeIfAbsent(provider, _ -> new HashSet<>())
                                .add("META-INF.services"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(String::strip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean outside(String packageName, String className) {
        return packagesByClass.getOrDefault(className, Set.of()).stream()
                .anyMatch(mentioning -> !mentioning.equals(packageName));
    }
}
