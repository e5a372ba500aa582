"""Prints the rows of a Delta table as a JSON array of arrays of texts, read by delta-rs and pyarrow."""

import json
import sys

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, QueryBuilder


def texts(column):
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):
            column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return [None if row is None else json.dumps(row) for row in lists(column)]
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type) or str(column.type) == "binary_view":
        return [None if value is None else value.hex() for value in column.to_pylist()]
    return pc.cast(column, pa.string()).to_pylist()


def lists(column):
    return [None if not row.is_valid else texts(row.values) for row in column]


query = QueryBuilder().register("t", DeltaTable(sys.argv[1])).execute("SELECT * FROM t")
table = pa.table(query.read_all())
columns = [texts(table.column(n)) for n in range(table.num_columns)]
json.dump([list(row) for row in zip(*columns)], sys.stdout)
