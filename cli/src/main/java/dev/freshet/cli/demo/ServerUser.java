package dev.freshet.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Who runs the server. PostgreSQL refuses to run as root, so root takes a user namespace, or else the user `nobody`.
final class ServerUser {
    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean nobody;

    private ServerUser(List<String> prefix, boolean nobody) {
        this.prefix = prefix;
        this.nobody = nobody;
    }

    static ServerUser current() throws IOException, InterruptedException {
        if (!answer("id", "-u").equals("0")) return new ServerUser(List.of(), false);
        if (!answer("unshare", "-U", "id", "-u").isEmpty()) return new ServerUser(List.of("unshare", "-U"), false);
        return new ServerUser(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"), true);
    }

    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(arguments);
        return command;
    }

    /// Makes a folder the server's own where the server is another user.
    void own(Path folder) throws IOException, InterruptedException {
        if (nobody) answer("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
    }

    /// What a command prints, or nothing where it fails or does not exist.
    private static String answer(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? printed.strip() : "";
        } catch (IOException absent) {
            return "";
        }
    }
}
