package dev.freshet.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.host.SettableHost;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTest {
    private final SettableHost host = new SettableHost();

    @Test
    void aPodIsNamedAfterItsHostThenAfterItsPodThenAfterItsProcess() {
        assertThat(Pod.of(Map.of("HOSTNAME", "h", "POD_NAME", "p"), 7, host).id())
                .isEqualTo("h");
        assertThat(Pod.of(Map.of("HOSTNAME", " ", "POD_NAME", "p"), 7, host).id())
                .isEqualTo("p");
        assertThat(Pod.of(Map.of(), 7, host).id()).isEqualTo("local-7");
    }

    @Test
    void twoProcessesOnOneHostAreToldApart() {
        Map<String, String> environment = Map.of("HOSTNAME", "h");
        Pod first = Pod.of(environment, 7, host);
        Pod second = Pod.of(environment, 8, host);
        assertThat(first.id()).isEqualTo(second.id());
        assertThat(first.instanceId()).isNotEqualTo(second.instanceId());
    }

    @Test
    void anIdThatTheUserChoseWins() {
        assertThat(Pod.named("mine", host).id()).isEqualTo("mine");
        assertThatThrownBy(() -> Pod.named(" ", host)).isInstanceOf(IllegalArgumentException.class);
    }
}
