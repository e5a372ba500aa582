package dev.freshet.source.postgres;

/// What our own client does, the driver does as well.
class DriverSourceTest extends PostgresSourceTest {
    @Override
    PostgresOptions options() {
        return new PostgresOptions(PostgresOptions.Client.DRIVER, PostgresOptions.DEFAULT.silence());
    }
}
