package dev.freshet.source.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection of our own, which speaks version 3.0 of PostgreSQL's protocol: simple queries, and copies that are
/// decoded where they were read.
final class WireChannel implements Channel {
    private static final int FEW = 32;

    private final WireSocket socket;
    private final WireInput input;
    private final WireOutput output;
    private final CancelKey key;
    private final Consumer<CancelKey> canceller;
    /// Whether the server waits for a question.
    private boolean ready = true;

    /// @param canceller brings the key to the same server by another connection
    WireChannel(WireSocket socket, WireInput input, WireOutput output, CancelKey key, Consumer<CancelKey> canceller) {
        this.socket = socket;
        this.input = input;
        this.output = output;
        this.key = key;
        this.canceller = canceller;
    }

    @Override
    public void execute(String sql) throws PostgresException {
        query(sql);
    }

    @Override
    public List<Row> query(String sql) throws PostgresException {
        ask(sql);
        List<Row> rows = new ArrayList<>();
        while (!ready) {
            char type = answer();
            switch (type) {
                case 'D' -> rows.add(row());
                case 'T', 'C', 'I' -> {}
                case 'Z' -> ready = true;
                default -> throw WireInput.unexpected(type);
            }
        }
        return rows;
    }

    private Row row() throws PostgresException {
        int columns = input.int2();
        List<@Nullable String> values = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int length = input.int4();
            values.add(length < 0 ? null : input.text(length));
        }
        return new Row(values);
    }

    @Override
    public void copyOut(String sql, CopyDecoder decoder) throws PostgresException, InterruptedException {
        ask(sql);
        require('H', answer());
        input.enlarge();
        RowJoiner rows = new RowJoiner(decoder);
        char type = answer();
        while (type == 'd') {
            type = decode(rows);
        }
        require('c', type);
        require('C', answer());
        require('Z', answer());
        ready = true;
    }

    /// Decodes the row that is there and a few that follow, and returns the type of the next message. All rows in one
    /// loop would not be compiled before the loop has gone on for long.
    private char decode(RowJoiner rows) throws PostgresException, InterruptedException {
        char type = 'd';
        for (int i = 0; i < FEW && type == 'd'; i++) {
            rows.decode(input.data(), input.at(), input.end());
            type = answer();
        }
        return type;
    }

    private void ask(String sql) throws PostgresException {
        if (!ready) {
            throw new PostgresException(PostgresException.CONNECTION_LOST, "the connection broke off before");
        }
        ready = false;
        output.begin('Q').text(sql).send();
    }

    private char answer() throws PostgresException {
        char type = input.answer();
        if (type == 'E') {
            throw refusal();
        }
        return type;
    }

    /// What the server refuses. It is ready again afterwards, unless the refusal was its last word.
    private PostgresException refusal() throws PostgresException {
        PostgresException refusal = ServerError.read(input);
        try {
            while (input.answer() != 'Z') {
                // What was on its way.
            }
            ready = true;
        } catch (PostgresException gone) {
            refusal.addSuppressed(gone);
        }
        return refusal;
    }

    private static void require(char wanted, char type) throws PostgresException {
        if (type != wanted) {
            throw WireInput.unexpected(type);
        }
    }

    @Override
    public void cancel() {
        canceller.accept(key);
    }

    @Override
    public void abort() {
        socket.close();
    }

    @Override
    public void close() {
        if (ready) {
            ready = false;
            try {
                output.begin('X').send();
            } catch (PostgresException _) {
                // The server notices the closed connection instead.
            }
        }
        socket.close();
    }
}
