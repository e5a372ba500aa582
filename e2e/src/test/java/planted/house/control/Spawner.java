package planted.house.control;

final class Spawner {
    Thread spawn(Runnable body) {
        return Thread.ofVirtual().start(body);
    }
}
