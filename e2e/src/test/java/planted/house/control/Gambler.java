package planted.house.control;

import java.util.Random;

final class Gambler {
    int roll() {
        return new Random().nextInt(6);
    }
}
