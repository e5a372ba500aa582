package dev.freshet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The values of all [Setting]s: what was given on the command line, else in the environment, else in `freshet.yaml` of
/// the working folder, else the default. Immutable. A key that does not exist and a value that cannot be are refused
/// with a `BAD_USAGE` that names the key; variables of the environment that are no setting are left alone.
public final class Settings {
    private static final String FILE = "freshet.yaml";

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    public static Settings read(Map<String, String> given, Map<String, String> environment, Path folder) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) values.put(setting, setting.fallback());
        readFile(folder.resolve(FILE), values);
        for (Setting setting : Setting.values()) {
            if (environment.containsKey(setting.variable())) values.put(setting, environment.get(setting.variable()));
        }
        given.forEach((key, value) -> values.put(known(key, "--set"), value));
        return new Settings(values);
    }

    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    public boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(setting, "true or false");
        };
    }

    /// One of an enum's constants, written in lower case with hyphens.
    public <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
        E[] choices = type.getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(text(setting)))
                .findFirst()
                .orElseThrow(() -> refused(
                        setting, Arrays.stream(choices).map(Settings::word).collect(Collectors.joining(" or "))));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Duration seconds(Setting setting, int least, int most) {
        return Duration.ofSeconds(number(setting, least, most));
    }

    public int number(Setting setting, int least, int most) {
        String range = "a whole number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(text(setting).strip());
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException words) {
            throw refused(setting, range);
        }
        throw refused(setting, range);
    }

    private FreshetException refused(Setting setting, String wanted) {
        return new FreshetException(
                ErrorCode.BAD_USAGE, "setting " + setting.key() + " is '" + text(setting) + "'; it must be " + wanted);
    }

    private static void readFile(Path file, Map<Setting, String> values) {
        if (!Files.exists(file)) return;
        try {
            read("", new YAMLMapper().readTree(file.toFile()), file, values);
        } catch (IOException failure) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE, file + " cannot be read as YAML: " + firstLine(failure), failure);
        }
    }

    private static void read(String prefix, JsonNode node, Path file, Map<Setting, String> values) {
        if (node.isValueNode()) {
            if (!prefix.isEmpty()) values.put(known(prefix, file.toString()), node.asText());
            return;
        }
        node.properties().forEach(entry -> {
            String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            read(key, entry.getValue(), file, values);
        });
    }

    private static Setting known(String key, String where) {
        return Setting.named(key)
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.BAD_USAGE, where + ": there is no setting '" + key + "'; there are " + keys()));
    }

    private static String keys() {
        return Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", "));
    }

    private static String firstLine(IOException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
