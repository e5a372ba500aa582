package dev.freshet.simulation;

import dev.freshet.store.InterceptedStore;
import dev.freshet.store.PutResult;
import dev.freshet.store.StoreException;
import java.util.function.Supplier;

/// The lake as one process reaches it: requests and replies take their time, get lost, or arrive when nobody expects
/// them any more.
final class SimStore extends InterceptedStore {
    private final World world;
    private final Archive lake;
    private final Weather weather;
    private final Journal journal;
    private final Life life;

    SimStore(World world, Archive lake, Weather weather, Journal journal, Life life) {
        super(lake);
        this.world = world;
        this.lake = lake;
        this.weather = weather;
        this.journal = journal;
        this.life = life;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        byte[] copy = content.clone();
        journal.trying(world.current(), key, copy);
        if (weather.stopsBefore(key)) {
            life.stopUntil(world.now() + weather.pauseNanos());
        }
        try {
            PutResult result = call(Operation.PUT, key, () -> lake.putIfAbsent(key, copy));
            journal.answered(key, copy, result == PutResult.CREATED || lake.holds(key, copy));
            return result;
        } catch (StoreException e) {
            journal.unanswered(key, copy);
            throw e;
        }
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        return operation == Operation.UPLOAD ? action.get() : call(operation, key, action);
    }

    private <T> T call(Operation operation, String key, Supplier<T> action) {
        Network network = weather.network();
        double fate = world.random().nextDouble();
        send(network, operation, key, action);
        if (fate < network.errors()) {
            return failed(operation, key, "error");
        }
        if (fate < network.errors() + network.late()) {
            if (operation == Operation.PUT) {
                world.at(world.now() + weather.latenessNanos(), () -> arrive(operation, key, action));
            }
            return failed(operation, key, "late");
        }
        T result = done(operation, key, action);
        if (fate < network.errors() + network.late() + network.lost()) {
            return failed(operation, key, "lost");
        }
        travel(network);
        return result;
    }

    private <T> T done(Operation operation, String key, Supplier<T> action) {
        try {
            T result = action.get();
            journal.did(life, operation, key, result instanceof PutResult put ? put.name() : "ok");
            if (operation == Operation.DELETE && key.contains("/_delta_log/")) {
                journal.count(Count.CLEANED);
            }
            return result;
        } catch (StoreException e) {
            journal.did(life, operation, key, "refused");
            throw e;
        }
    }

    private void arrive(Operation operation, String key, Supplier<?> action) {
        journal.did(life, operation, key, "arrived late " + action.get());
    }

    private <T> T failed(Operation operation, String key, String how) {
        journal.did(life, operation, key, how);
        throw StoreException.unknown("no answer from the store: " + operation + " " + key, null);
    }

    /// What a process sent before it died may still arrive.
    private void send(Network network, Operation operation, String key, Supplier<?> action) {
        try {
            travel(network);
        } catch (Killed e) {
            if (operation == Operation.PUT && world.chance(0.5)) {
                world.at(world.now() + weather.latenessNanos(), () -> arrive(operation, key, action));
            }
            throw e;
        }
    }

    /// An interrupt does not cut a call short; the thread finds its mark afterwards.
    private void travel(Network network) {
        world.pass(
                1 + world.upTo(network.latency()) + (world.chance(network.slow()) ? world.upTo(network.slowest()) : 0));
        if (world.current().takeInterrupt()) {
            Thread.currentThread().interrupt();
        }
    }
}
