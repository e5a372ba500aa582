package dev.freshet.source;

import dev.freshet.ingest.Login;
import dev.freshet.ingest.Source;

/// A real database server that a contract runs against. Statements run as its administrator.
public interface TestDatabase {
    Source source();

    /// Runs statements, one after the other.
    void run(String... statements);

    /// What the database itself prints for the first column of a query's rows, one line a row.
    String print(String query);

    /// A login of the administrator.
    Login admin();

    /// Makes a user with a password and no rights beyond connecting.
    Login newUser(String name, String password);

    /// How a table's name is quoted.
    String quote(String name);

    /// A query that yields rows of one long column for a very long time.
    String endlessQuery();

    /// A text expression that is `length` letters x.
    String longText(int length);

    /// Whether the database still runs a query of ours.
    boolean reading();
}
