package dev.freshet.e2e;

import java.nio.file.Path;

/// Where the project lies: tests run in their module's folder, a load run says it by a system property.
final class Project {
    static final String HOME_PROPERTY = "freshet.home";
    static final Path ROOT =
            Path.of(System.getProperty(HOME_PROPERTY, "..")).toAbsolutePath().normalize();

    private Project() {}
}
