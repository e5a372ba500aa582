package dev.freshet.control;

import dev.freshet.host.Host;
import java.util.Map;

/// One process that takes part. Two processes on one host share the id and differ in the instance id.
///
/// @param id for people: the host's or pod's name
/// @param instanceId made anew by every process
public record Pod(String id, String instanceId) {
    public Pod {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a pod's id is blank");
        }
    }

    /// `HOSTNAME`, else `POD_NAME`, else `local-<pid>`.
    public static Pod of(Map<String, String> environment, long pid, Host host) {
        String local = "local-" + pid;
        String name = nonBlank(environment, "HOSTNAME", nonBlank(environment, "POD_NAME", local));
        return named(name, host);
    }

    /// With an id that the user chose.
    public static Pod named(String id, Host host) {
        return new Pod(id, host.newId());
    }

    private static String nonBlank(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }
}
