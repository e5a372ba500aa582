package dev.freshet.ingest;

/// A kind of database that tables can be copied from; the adapters are in the packages `dev.freshet.source`.
/// Stateless and safe for use by many threads.
public interface Source {
    /// What definitions call it, and what [Dsn#type()] says: `postgres` or `mysql`.
    String type();

    /// What lineage calls it: `postgresql` or `mysql`.
    String system();

    /// Connects, reading nothing yet. The caller closes the session.
    ///
    /// @throws dev.freshet.error.FreshetException `DATABASE_UNREACHABLE`, within a few seconds, when nobody
    ///     answers or the login is refused
    SourceSession open(Login login, SourceSettings settings);
}
