package planted.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoodTest extends SomeContract {
    @Override
    boolean holds() {
        return true;
    }

    @Test
    void asserts() {
        assertThat(holds()).isTrue();
    }

    @Test
    void assertsInALambda() {
        List.of(1, 2).forEach(number -> assertThat(number).isPositive());
    }

    @Test
    void assertsThroughANeighbour() {
        Judge.judge(holds());
    }

    @Test
    void expectsAnException() {
        assertThatThrownBy(() -> List.of().getFirst()).isInstanceOf(RuntimeException.class);
    }

    void notATest() {
        asserts();
    }
}
