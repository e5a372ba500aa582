package planted.house.catalog;

import org.duckdb.DuckDBConnection;

record DuckDbUser(DuckDBConnection connection) {}
