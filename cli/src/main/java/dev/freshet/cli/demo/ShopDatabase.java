package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The shop in its PostgreSQL, under one home folder. Confined to one thread; its opener closes it, which stops the
/// server. Failures are [FreshetException]s that name the folder. The shop is filled in one transaction, so a process
/// killed meanwhile leaves an empty shop, never half of one.
public final class ShopDatabase implements AutoCloseable {
    private static final String NAME = "shop";

    private final Path home;
    private final HomeLock lock;
    private final PostgresServer server;
    private boolean filled;

    private ShopDatabase(Path home, HomeLock lock, PostgresServer server) {
        this.home = home;
        this.lock = lock;
        this.server = server;
    }

    /// Starts the server, fills the shop where that has not happened; `say` hears of each step.
    public static ShopDatabase open(Path folder, Host host, Consumer<String> say) {
        try {
            Path home = Files.createDirectories(folder).toRealPath();
            HomeLock lock = HomeLock.of(home);
            ShopDatabase shop = new ShopDatabase(home, lock, PostgresServer.start(home, host, say));
            shop.prepare(host, say);
            return shop;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    /// True if this opening filled the shop: nothing was there before.
    public boolean isNew() {
        return filled;
    }

    /// The tables of the shop.
    public List<String> tables() {
        return Shop.tables().stream().map(ShopTable::name).toList();
    }

    /// How to reach the shop as a user that may only select; the password stays in its file.
    public String dsn() {
        return "postgres://freshet:${file:" + home.resolve("password") + "}@localhost:" + server.port() + "/" + NAME;
    }

    /// How many rows a table of the shop has now.
    public long rows(String table) {
        try (Connection connection = connect(NAME)) {
            return Sql.number(connection, "select count(*) from " + table);
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    /// Changes the shop a little, in one transaction, always the same way after as many changes; returns what it did.
    public List<String> change() {
        try (Connection connection = connect(NAME)) {
            connection.setAutoCommit(false);
            long change = Sql.number(connection, "select changes + 1 from demo.progress");
            List<String> done = new ArrayList<>();
            for (String step : Sql.resource("changes.sql")
                    .replace("${change}", Long.toString(change))
                    .split(";\n", -1)) {
                change(connection, step.strip(), done);
            }
            connection.commit();
            return done;
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    private static void change(Connection connection, String step, List<String> done) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int rows = statement.executeUpdate(step);
            if (step.startsWith("--")) done.add(rows + step.substring(2, step.indexOf('\n')));
        }
    }

    private void prepare(Host host, Consumer<String> say) throws SQLException, IOException {
        try (Connection admin = connect("postgres")) {
            if (Sql.number(admin, "select count(*) from pg_database where datname = '" + NAME + "'") == 0) {
                Sql.execute(admin, "create database " + NAME);
            }
        }
        try (Connection connection = connect(NAME)) {
            if (Sql.number(connection, "select count(*) from pg_namespace where nspname = 'demo'") == 0) {
                fill(connection, host, say);
            }
        }
    }

    private void fill(Connection connection, Host host, Consumer<String> say) throws SQLException, IOException {
        say.accept("filling the shop: customers, products, orders, order lines, task usage");
        connection.setAutoCommit(false);
        Sql.execute(connection, Sql.resource("shop.sql"));
        Passwords.create(home.resolve("password"), host);
        Sql.execute(connection, "alter role freshet password '" + Passwords.read(home.resolve("password")) + "'");
        for (ShopTable table : Shop.tables()) copy(connection, table);
        connection.commit();
        Sql.execute(connection, "analyze");
        connection.commit();
        filled = true;
    }

    private void copy(Connection connection, ShopTable table) throws SQLException, IOException {
        Path file = server.folder().resolve(table.name() + ".rows");
        try (Writer rows = Files.newBufferedWriter(file)) {
            for (int unit = 1; unit <= table.units(); unit++)
                rows.write(table.text().apply(unit));
        }
        Sql.execute(
                connection, "copy " + table.name() + " from '" + file.toString().replace("'", "''") + "'");
        Files.delete(file);
    }

    private Connection connect(String database) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + server.port() + "/" + database + "?ApplicationName=freshet-demo";
        return DriverManager.getConnection(url, PostgresServer.ADMIN, server.adminPassword());
    }

    private static FreshetException broken(SQLException failure) {
        return new FreshetException(ErrorCode.SOURCE_FAILED, "the demo's shop: " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        server.close();
        try {
            lock.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
