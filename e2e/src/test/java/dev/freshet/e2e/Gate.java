package dev.freshet.e2e;

import java.sql.Connection;
import java.sql.SQLException;

/// Keeps a run in the middle of its work for as long as a test likes: whoever reads the view `gated` of the database
/// waits at its first row, or at a later one, while the gate is shut. Whoever shuts it opens it.
final class Gate implements AutoCloseable {
    static final String VIEW = "gated";

    private final Connection session;

    private Gate(Connection session) {
        this.session = session;
    }

    /// Makes the view over a table, once for each database.
    static void build(Database database, String table) {
        build(database, table, "true");
    }

    /// The same for a view whose rows wait only if a condition holds; those before them are read.
    static void build(Database database, String table, String condition) {
        database.run(
                "CREATE FUNCTION passes() RETURNS boolean LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN true; END $$",
                "CREATE VIEW " + VIEW + " AS SELECT * FROM " + table + " WHERE CASE WHEN " + condition
                        + " THEN passes() ELSE true END");
    }

    static Gate shut(Database database) {
        try {
            Connection session = database.connect();
            session.createStatement().execute("SELECT pg_advisory_lock(1)");
            return new Gate(session);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// How many runs wait before the gate of the database.
    static int waiting(Database database) {
        return Integer.parseInt(database.rows("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT"
                        + " granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .getFirst()
                .getFirst());
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
