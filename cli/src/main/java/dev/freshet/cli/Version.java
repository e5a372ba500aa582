package dev.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints: ours, and that of the Java it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"freshet " + ours() + " (Java " + Runtime.version() + ")"};
    }

    private static String ours() throws IOException {
        Properties build = new Properties();
        try (InputStream text = Version.class.getResourceAsStream("version.properties")) {
            if (text != null) build.load(text);
        }
        return build.getProperty("version", "unknown");
    }
}
