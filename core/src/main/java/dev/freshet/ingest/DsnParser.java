package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes a DSN apart. The last `@` ends user and password, so a password may hold anything; an `@` elsewhere is
/// `%40`.
final class DsnParser {
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)", Pattern.DOTALL);
    private static final Pattern PLACE =
            Pattern.compile("(\\[[^]]*]|[^:/?\\[\\]]*)(?::([^/?]*))?(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?");
    private static final String FORM = "write postgres://USER:${env:NAME}@HOST:PORT/DATABASE or mysql://…";

    private final String text;

    private DsnParser(String text) {
        this.text = text;
    }

    static DsnParts parse(String text) {
        DsnParser parser = new DsnParser(text.strip());
        try {
            return parser.parts();
        } catch (IllegalArgumentException e) {
            throw parser.refusal(String.valueOf(e.getMessage()));
        }
    }

    private DsnParts parts() {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw refusal("it is not a URL; " + FORM);
        }
        DsnType type = DsnType.ofScheme(url.group(1))
                .orElseThrow(() -> refusal("nothing is known of '" + url.group(1) + "' databases; " + FORM));
        String rest = url.group(2);
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            throw refusal("it names no user; " + FORM);
        }
        return place(type, rest.substring(0, at), rest.substring(at + 1));
    }

    private DsnParts place(DsnType type, String who, String where) {
        int colon = who.indexOf(':', who.startsWith("${") ? who.indexOf('}') + 1 : 0);
        Credential user = new Credential(colon < 0 ? who : who.substring(0, colon));
        Credential password = new Credential(colon < 0 ? "" : who.substring(colon + 1));
        checkUser(user);
        PercentCode.decode(password.reference().isPresent() ? "" : password.text());
        Matcher place = PLACE.matcher(where);
        if (!place.matches()) {
            throw refusal("host and port are not understood; an IPv6 address stands in [ ]");
        }
        return new DsnParts(
                text,
                type,
                user,
                password,
                host(place.group(1)),
                place.group(2) == null ? type.defaultPort() : port(place.group(2)),
                database(place.group(3) == null ? "" : place.group(3)),
                parameters(type, place.group(4) == null ? "" : place.group(4)));
    }

    private void checkUser(Credential user) {
        if (user.isEmpty()) {
            throw refusal("it names no user");
        }
        if (user.literal() && (user.text().contains("/") || user.text().contains("?"))) {
            throw refusal("an '@' behind the host must be written '%40'");
        }
        if (user.literal() && user.text().contains("${")) {
            throw refusal("a reference is ${env:NAME} or ${file:PATH} and stands alone");
        }
        PercentCode.decode(user.reference().isPresent() ? "" : user.text());
    }

    private String host(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : PercentCode.decode(host);
        if (bare.isEmpty()) {
            throw refusal("it names no host");
        }
        if (bare.contains(",")) {
            throw refusal("it names several hosts; name one");
        }
        if (!HOST.matcher(bare).matches()) {
            throw refusal("the host is not a host's name or address");
        }
        return bare;
    }

    private int port(String port) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw refusal("the port is not a number from 1 to 65535");
        }
        return Integer.parseInt(port);
    }

    private String database(String database) {
        if (database.isEmpty()) {
            throw refusal("it names no database; " + FORM);
        }
        return PercentCode.decode(database);
    }

    private Map<String, String> parameters(DsnType type, String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Arrays.stream(query.split("&")).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : PercentCode.decode(pair.substring(equals + 1));
            if (parameters.put(checked(type, key, value), value) != null) {
                throw refusal("parameter '" + key + "' is given twice");
            }
        });
        return parameters;
    }

    private String checked(DsnType type, String key, String value) {
        if (key.toLowerCase(Locale.ROOT).contains("pass")) {
            throw new FreshetException(
                    ErrorCode.SECRET_REFUSED,
                    "dsn '%s': a password stands before the '@' and is a reference such as ${env:NAME}, never parameter '%s'"
                            .formatted(Redaction.redact(text), key));
        }
        DsnParameter parameter = DsnParameter.named(key, type)
                .orElseThrow(() -> refusal("parameter '%s' is not allowed%s; allowed are %s"
                        .formatted(
                                key,
                                Nearest.hint(key, DsnParameter.keys(type)),
                                String.join(", ", DsnParameter.keys(type)))));
        if (!parameter.accepts(value)) {
            throw refusal("parameter '%s' must be %s".formatted(key, parameter.form()));
        }
        return key;
    }

    private FreshetException refusal(String why) {
        return new FreshetException(ErrorCode.BAD_DEFINITION, "dsn '%s': %s".formatted(Redaction.redact(text), why));
    }
}
