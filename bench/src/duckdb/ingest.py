"""Copies one PostgreSQL table into a Parquet file with DuckDB's scanner.

Arguments: connection string, table, file, threads. With no arguments it only finds out whether it could.
The scanner is the one that is installed for this user, or the one in the package
duckdb-extension-postgres-scanner of the same version.
"""

import importlib.util
import pathlib
import sys

import duckdb


def load_scanner(connection):
    try:
        connection.execute("LOAD postgres_scanner")
        return
    except duckdb.Error:
        package = importlib.util.find_spec("duckdb_extension_postgres_scanner")
        if package is None or package.origin is None:
            raise
    folder = pathlib.Path(package.origin).parent / "extensions"
    file = folder / f"v{duckdb.__version__}" / "postgres_scanner.duckdb_extension"
    connection.execute(f"LOAD '{file}'")


def main(arguments):
    connection = duckdb.connect()
    load_scanner(connection)
    if not arguments:
        print(duckdb.__version__)
        return
    source, table, target, threads = arguments
    connection.execute(f"SET threads = {int(threads)}")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"ATTACH '{source}' AS source (TYPE postgres, READ_ONLY)")
    connection.execute(
        f"COPY (FROM source.public.{table}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
