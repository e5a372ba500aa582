package planted.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class BadTest {
    @Test
    @Disabled("a planted fault")
    void disabled() {
        assertThat(1).isPositive();
    }

    @Test
    void assertsNothing() {
        List.of(1).forEach(_ -> holds());
    }

    private static int holds() {
        return 1;
    }
}
