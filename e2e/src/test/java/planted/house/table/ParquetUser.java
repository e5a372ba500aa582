package planted.house.table;

import org.apache.parquet.column.Encoding;

record ParquetUser(Encoding encoding) {}
