package dev.freshet.bench;

import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.PGCopyOutputStream;

/// TPC-H's table `lineitem`, with the types that its specification says.
final class LineItems {
    private static final String TABLE = """
            CREATE UNLOGGED TABLE lineitem (
                l_orderkey bigint NOT NULL, l_partkey bigint NOT NULL, l_suppkey bigint NOT NULL,
                l_linenumber integer NOT NULL, l_quantity numeric(15,2) NOT NULL,
                l_extendedprice numeric(15,2) NOT NULL, l_discount numeric(15,2) NOT NULL, l_tax numeric(15,2) NOT NULL,
                l_returnflag char(1) NOT NULL, l_linestatus char(1) NOT NULL, l_shipdate date NOT NULL,
                l_commitdate date NOT NULL, l_receiptdate date NOT NULL, l_shipinstruct char(25) NOT NULL,
                l_shipmode char(10) NOT NULL, l_comment varchar(44) NOT NULL)""";
    private static final int BUFFER = 1 << 20;

    private LineItems() {}

    static BenchTable fill(Connection connection, double scale) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY lineitem FROM STDIN (DELIMITER '|')");
        long rows = 0;
        try (OutputStream out = new PGCopyOutputStream(copy, BUFFER)) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream(BUFFER);
            for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
                lines.write(line(item));
                rows++;
                if (lines.size() >= BUFFER) {
                    lines.writeTo(out);
                    lines.reset();
                }
            }
            lines.writeTo(out);
        }
        return new BenchTable(BenchTable.LINEITEM, rows);
    }

    /// As TPC-H's own generator writes it, without the separator at its end.
    private static byte[] line(LineItem item) {
        String line = item.toLine();
        String bare = line.endsWith("|") ? line.substring(0, line.length() - 1) : line;
        return (bare + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
