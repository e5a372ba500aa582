package planted.promises;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

@Disabled("a planted fault")
class DisabledTest {
    @Test
    void asserts() {
        assertThat(1).isPositive();
    }
}
