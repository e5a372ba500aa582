package dev.freshet.e2e;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/// Looks for a secret in every byte below a folder, in each form in which it might have got there.
record Secret(String value) {
    private List<byte[]> forms() {
        byte[] plain = value.getBytes(StandardCharsets.UTF_8);
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return Stream.of(
                        new String(plain, StandardCharsets.ISO_8859_1),
                        encoded,
                        encoded.replace("+", "%20"),
                        Base64.getEncoder().encodeToString(plain))
                .map(form -> form.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /// The files that hold it.
    List<Path> found(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                if (forms().stream().anyMatch(form -> contains(content, form))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean contains(byte[] content, byte[] form) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(new String(form, StandardCharsets.ISO_8859_1));
    }
}
