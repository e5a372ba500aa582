package planted.promises;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

abstract class OrphanContract {
    abstract boolean holds();

    @Test
    void holdsTheContract() {
        assertTrue(holds());
    }
}
