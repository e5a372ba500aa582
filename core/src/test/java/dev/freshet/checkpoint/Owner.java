package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.host.Host;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import dev.freshet.table.Fence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// One owner of checkpoints in a lake, and holders of its lease under any fence.
record Owner(Store store, Host host) {
    static final String NAME = "rollup:hours";
    static final String FOLDER = "_freshet/checkpoints/rollup:hours";
    static final long FINGERPRINT = 0xfedc_ba98_7654_3210L;

    Checkpointer open(long fence) {
        return open(fence, CheckpointRetention.DEFAULT.kept());
    }

    Checkpointer open(long fence, int kept) {
        return Checkpointer.open(store, host, tenure(fence), CheckpointRetention.DEFAULT.withKept(kept));
    }

    Repaired repair(long fence) {
        return Checkpointer.repair(store, host, tenure(fence));
    }

    static Tenure tenure(long fence) {
        return new Tenure(NAME, new Fence(0, fence), () -> {});
    }

    Checkpoints reader() {
        return new Checkpoints(store, host, NAME);
    }

    Owner with(Store other) {
        return new Owner(other, host);
    }

    /// A checkpoint with one state file.
    static Checkpoint commit(Checkpointer checkpointer, String state) {
        CheckpointDraft draft = checkpointer.begin();
        draft.put("state", state.getBytes(UTF_8));
        return commit(checkpointer, draft);
    }

    static Checkpoint commit(Checkpointer checkpointer, CheckpointDraft draft) {
        return checkpointer.commit(draft, FINGERPRINT, null, null, null);
    }

    /// What a state file of the newest checkpoint that is whole says.
    static String restored(Checkpointer checkpointer) {
        return new String(checkpointer.restore().orElseThrow().state("state"), UTF_8);
    }

    static List<UUID> ids(List<Checkpoint> checkpoints) {
        return checkpoints.stream().map(Checkpoint::id).toList();
    }

    /// Every key below the owner's folder but the catalog's.
    List<String> keys() {
        return keys(FOLDER).stream()
                .filter(key -> !key.startsWith(FOLDER + "/catalog/"))
                .toList();
    }

    private List<String> keys(String folder) {
        List<String> keys = new ArrayList<>();
        store.list(folder, "").stream().map(StoredObject::key).forEach(keys::add);
        store.folders(folder).forEach(name -> keys.addAll(keys(folder + "/" + name)));
        return keys;
    }

    void put(String pathBelow, String content) {
        store.putIfAbsent(FOLDER + "/" + pathBelow, content.getBytes(UTF_8));
    }

    void delete(String pathBelow) {
        store.delete(FOLDER + "/" + pathBelow);
    }

    void damage(String pathBelow) {
        String key = FOLDER + "/" + pathBelow;
        byte[] content = store.read(key);
        content[content.length / 2] ^= 1;
        store.delete(key);
        store.putIfAbsent(key, content);
    }

    void loseCatalog() {
        String folder = FOLDER + "/catalog";
        store.list(folder, "").forEach(object -> store.delete(object.key()));
    }

    List<String> documents() {
        return store.list(FOLDER + "/catalog", "").stream()
                .map(StoredObject::name)
                .toList();
    }

    String newestDocument() {
        return "catalog/" + (store.list(FOLDER + "/catalog", "").size() - 1) + ".json";
    }

    /// The same lake as it is now, to go on in another way.
    Owner copy() {
        MemoryStore copy = new MemoryStore(host);
        copy("", copy);
        return with(copy);
    }

    private void copy(String folder, Store to) {
        store.list(folder, "").forEach(object -> to.putIfAbsent(object.key(), store.read(object.key())));
        store.folders(folder).forEach(name -> copy(folder.isEmpty() ? name : folder + "/" + name, to));
    }
}
