package planted.house.table;

/// Handed out by the façade.
public final class Snapshot {
    public void commit() {}
}
