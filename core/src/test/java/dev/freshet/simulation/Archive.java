package dev.freshet.simulation;

import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.PutResult;
import dev.freshet.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The lake itself, in memory, with the gift of never forgetting: what was created stays known after it was deleted.
final class Archive extends InterceptedStore {
    private final World world;
    private final Store lake;
    private final MemoryStore past;
    private final Map<String, List<Deed>> deeds = new LinkedHashMap<>();

    Archive(World world) {
        this(world, new MemoryStore(new StoreClock(world)));
    }

    private Archive(World world, Store lake) {
        super(lake);
        this.world = world;
        this.lake = lake;
        this.past = new MemoryStore();
    }

    /// Everything that ever was, each name as it was created first.
    Store past() {
        return past;
    }

    @Override
    public PutResult putIfAbsent(String key, byte[] content) {
        PutResult result = lake.putIfAbsent(key, content);
        if (result == PutResult.CREATED) {
            remember(key, content.clone());
        }
        return result;
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        T result = action.get();
        if (operation == Operation.FINISH) {
            remember(key, lake.read(key));
        }
        return result;
    }

    private void remember(String key, byte[] content) {
        past.putIfAbsent(key, content);
        deeds.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Deed(key, content, world.now()));
    }

    /// Whether these are the bytes that hold the name now.
    boolean holds(String key, byte[] content) {
        return lake.stat(key).isPresent() && Arrays.equals(lake.read(key), content);
    }

    /// The first content of a name, which is what it stands for: a later one came after the number had been cleaned.
    Optional<Deed> first(String key) {
        return Optional.ofNullable(deeds.get(key)).map(List::getFirst);
    }

    /// The numbered files of a log, from 0, without the strays.
    List<Deed> log(String folder) {
        List<Deed> log = new ArrayList<>();
        for (long version = 0; true; version++) {
            Optional<Deed> deed = first("%s/%020d.json".formatted(folder, version));
            if (deed.isEmpty()) {
                return log;
            }
            log.add(deed.get());
        }
    }

    /// How many names were created a second time.
    long strays() {
        return deeds.values().stream().filter(created -> created.size() > 1).count();
    }
}
