package dev.freshet.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Compiled classes below one root package: the real house, or the planted one that breaks every rule of it.
record House(String root, JavaClasses classes, Mentions mentions, Set<JavaClass> handedOut) {
    private static final List<String> MODULES = List.of("core", "sources", "cli", "server", "spark", "bench");
    /// What JMH makes of our benchmarks.
    private static final String GENERATED = "/jmh_generated/";

    private static final Path OWN_TESTS = Project.ROOT.resolve("e2e/target/test-classes");

    static House real() {
        ClassFileImporter written = new ClassFileImporter().withImportOption(place -> !place.contains(GENERATED));
        return of("dev.freshet", written.importPaths(mainFolders()), Mentions.in(allFolders()));
    }

    static House planted() {
        Path planted = OWN_TESTS.resolve("planted/house");
        return of("planted.house", new ClassFileImporter().importPath(planted), Mentions.in(List.of(planted)));
    }

    private static House of(String root, JavaClasses classes, Mentions mentions) {
        return new House(root, classes, mentions, HandedOut.by(root, classes));
    }

    static List<Path> mainFolders() {
        return existing(
                MODULES.stream().map(module -> Project.ROOT.resolve(module).resolve("target/classes")));
    }

    /// Every module's compiled tests, this module's among them.
    static List<Path> testFolders() {
        return existing(Stream.concat(MODULES.stream(), Stream.of("e2e"))
                .map(module -> Project.ROOT.resolve(module).resolve("target/test-classes")));
    }

    private static List<Path> allFolders() {
        return Stream.concat(mainFolders().stream(), testFolders().stream().filter(folder -> !folder.equals(OWN_TESTS)))
                .toList();
    }

    private static List<Path> existing(Stream<Path> folders) {
        return folders.filter(Files::isDirectory).toList();
    }

    /// The first package below the root that the class is in: `store`, `cli`; empty for the façade's own package.
    String area(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) {
            return "";
        }
        return owns(type) ? name.substring(root.length() + 1).split("\\.", 2)[0] : "outside";
    }

    boolean owns(JavaClass type) {
        return owns(root, type);
    }

    static boolean owns(String root, JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /// The name of a class below the root, as in `cli.Main`.
    String shortName(JavaClass type) {
        return type.getName().substring(root.length() + 1);
    }

    /// What other classes of this house the class depends on.
    Stream<JavaClass> dependencies(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .distinct();
    }
}
