package dev.freshet.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/// Who writes drafts, as their names say: a process, and the place from which it reaches the lake, which is a mount
/// of one running kernel. Processes see each other's locks where they share the place, and only there.
record LocalWriter(String place, String process) {
    static final String PREFIX = ".draft-";

    private static final Pattern DRAFT = Pattern.compile("\\.draft(-[0-9a-f]+){2,}");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String PROCESS = Host.system().newId().substring(16);

    /// This process. Where the kernel does not say which one it is, no other process shares the place.
    static LocalWriter of(Path root, Host host) throws IOException {
        return new LocalWriter(Files.isReadable(BOOT) ? place(root) : host.newId(), PROCESS);
    }

    private static String place(Path root) throws IOException {
        String mount = Files.readString(BOOT).strip() + " " + Files.getAttribute(root, "unix:dev");
        return HexFormat.of()
                .toHexDigits(UUID.nameUUIDFromBytes(mount.getBytes(UTF_8)).getMostSignificantBits());
    }

    String newDraft(Host host) {
        return start() + host.newId();
    }

    static boolean isDraft(Path file) {
        return DRAFT.matcher(file.getFileName().toString()).matches();
    }

    /// Whether the draft is one of another process whose locks we see.
    boolean seesLockOf(Path draft) {
        String name = draft.getFileName().toString();
        return name.startsWith(PREFIX + place + "-") && !name.startsWith(start());
    }

    private String start() {
        return PREFIX + place + "-" + process + "-";
    }
}
