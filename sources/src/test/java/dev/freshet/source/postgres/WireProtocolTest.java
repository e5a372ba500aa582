package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.source.CollectingSink;
import dev.freshet.source.postgres.FakeServer.Script;
import dev.freshet.source.postgres.FakeServer.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How our client stands up to servers that no PostgreSQL would be.
class WireProtocolTest {
    private static final Column COLUMN = new Column("n", ColumnType.INT, true);
    private static final byte[] HEADER = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] END = {-1, -1};

    private final CollectingSink sink = new CollectingSink(Schema.of(COLUMN));

    @Test
    void rowsCutIntoAnyMessagesAndPacketsArriveWhole() throws Exception {
        Random random = new Random(7);
        byte[] rows = rows(50);
        Script script = stage -> {
            stage.letIn();
            stage.copy();
            for (int at = 0; at < rows.length; ) {
                int length = Math.min(rows.length - at, 1 + random.nextInt(20));
                byte[] message = Stage.bytes('d', Arrays.copyOfRange(rows, at, at + length));
                for (byte one : message) {
                    stage.send(one);
                }
                if (random.nextInt(4) == 0) {
                    stage.message('N', "SNOTICE\0Mby the way\0\0".getBytes(StandardCharsets.UTF_8));
                    stage.message('S', "TimeZone\0UTC\0".getBytes(StandardCharsets.UTF_8));
                    stage.message('A', "\0\0\0\1channel\0payload\0".getBytes(StandardCharsets.UTF_8));
                }
                at += length;
            }
            stage.message('c');
            stage.message('C', "COPY 50\0".getBytes(StandardCharsets.UTF_8));
            stage.ready();
        };
        copy(script);
        assertThat(sink.rows()).hasSize(50);
        assertThat(sink.rows().getLast()).isEqualTo(List.of(49));
    }

    @Test
    void anErrorInTheMiddleOfACopyIsTheServersOwn() throws Exception {
        PostgresException error = failure(stage -> {
            stage.letIn();
            stage.copy();
            stage.message('d', Arrays.copyOf(rows(3), HEADER.length + 10));
            stage.error("22012", "division by zero");
            stage.ready();
        });
        assertThat(error.state()).isEqualTo("22012");
        assertThat(error.message()).isEqualTo("division by zero");
        assertThat(error.detail()).isEqualTo("In detail");
        assertThat(error.hint()).isEqualTo("A hint");
    }

    @Test
    void aConnectionGoesOnAfterAnErrorAndNotAfterItsEnd() throws Exception {
        try (FakeServer server = new FakeServer(stage -> {
                    stage.letIn();
                    stage.error("42P01", "no such table");
                    stage.ready();
                    stage.typed();
                    stage.message('C', "SET\0".getBytes(StandardCharsets.UTF_8));
                    stage.ready();
                    stage.typed();
                    stage.error("57P01", "the server stops");
                });
                Channel channel = connect(server.login())) {
            assertThatThrownBy(() -> channel.execute("SELECT")).hasMessageContaining("no such table");
            channel.execute("SET x = 1");
            assertThatThrownBy(() -> channel.execute("SELECT")).hasMessageContaining("the server stops");
            assertThatThrownBy(() -> channel.execute("SELECT")).hasMessageContaining("broke off before");
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAMessageIsSaidToBeClosed() throws Exception {
        for (int end = 1; end < 12; end++) {
            byte[] message = Arrays.copyOf(Stage.bytes('d', HEADER), end);
            PostgresException error = failure(stage -> {
                stage.letIn();
                stage.copy();
                stage.send(message);
            });
            assertThat(error).hasMessageContaining("closed the connection");
            assertThat(error.state()).isEqualTo(PostgresException.CONNECTION_LOST);
        }
    }

    @Test
    void aResetIsNoticedAtOnce() throws Exception {
        long start = System.nanoTime();
        PostgresException error = failure(stage -> {
            stage.letIn();
            stage.copy();
            stage.message('d', HEADER);
            stage.reset();
        });
        assertThat(error.state()).isEqualTo(PostgresException.CONNECTION_LOST);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() throws Exception {
        PostgresException error = failure(stage -> {
            stage.letIn();
            stage.copy();
            stage.message('d', HEADER);
            stage.beSilent();
        });
        assertThat(error).hasMessageContaining("nothing was heard from it for too long");
    }

    @Test
    void aLoginThatTricklesInMeetsItsDeadline() throws Exception {
        long start = System.nanoTime();
        Script script = stage -> {
            stage.untyped();
            stage.claim('R', 1000);
            while (true) {
                stage.send((byte) 0);
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
            }
        };
        try (FakeServer server = new FakeServer(script)) {
            assertThatThrownBy(() -> new WireConnector(
                                    server.login(), "fake", Duration.ofSeconds(1), Duration.ofMinutes(1), Host.system())
                            .connect())
                    .hasMessageContaining("nothing was heard from it for too long");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3})
    void aLengthThatCannotBeIsRefused(int length) throws Exception {
        assertThat(failure(stage -> {
                    stage.letIn();
                    stage.copy();
                    stage.claim('d', length);
                    stage.beSilent();
                }))
                .hasMessageContaining("does not speak PostgreSQL's protocol: a message of the length " + length);
    }

    @Test
    void aRowThatNobodyHasRoomForIsRefusedBeforeItIsRead() throws Exception {
        PostgresException error = failure(stage -> {
            stage.letIn();
            stage.copy();
            stage.message('d', Arrays.copyOf(rows(3), rows(3).length - END.length));
            stage.claim('d', Integer.MAX_VALUE);
            stage.beSilent();
        });
        assertThat(error.state()).isEqualTo(PostgresException.NO_ROOM);
        assertThat(error).hasMessageContaining("2147483647 bytes, and there is room for");
    }

    @ParameterizedTest
    @ValueSource(chars = {'d', 'T', 'G', 'W', '1', '\0', 'R', 'K'})
    void aMessageOutOfItsTurnIsRefused(char type) throws Exception {
        assertThat(failure(stage -> {
                    stage.letIn();
                    stage.message(type, new byte[8]);
                    stage.beSilent();
                }))
                .hasMessageContaining("a message of type " + (int) type + " out of its turn");
    }

    @Test
    void anErrorThatBreaksOffIsRefused() throws Exception {
        assertThat(failure(stage -> {
                    stage.letIn();
                    stage.message('E', "SERROR\0Mno end".getBytes(StandardCharsets.UTF_8));
                    stage.beSilent();
                }))
                .hasMessageContaining("ends before its content does");
    }

    @Test
    void anAnswerThatBreaksOffIsRefused() throws Exception {
        try (FakeServer server = new FakeServer(stage -> {
                    stage.letIn();
                    stage.message('D', (byte) 0, (byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 9, (byte) 'x');
                    stage.beSilent();
                });
                Channel channel = connect(server.login())) {
            assertThatThrownBy(() -> channel.query("SELECT 1")).hasMessageContaining("ends before its content does");
        }
    }

    @Test
    void garbageInTheAnswersNeverHangsOrBreaksUs() throws Exception {
        Random random = new Random(20261122);
        for (int round = 0; round < 300; round++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            boolean login = random.nextBoolean();
            PostgresException error = failure(stage -> {
                if (login) {
                    stage.untyped();
                } else {
                    stage.letIn();
                    stage.copy();
                }
                stage.send(garbage);
            });
            assertThat(error).as("seed 20261122, round %d", round).isNotNull();
        }
    }

    @Test
    void aServerThatDoesNotProveItselfIsNotBelieved() throws Exception {
        assertThat(failure(stage -> {
                    scramBegins(stage);
                    stage.welcome();
                    stage.beSilent();
                }))
                .hasMessageContaining("before the server has proven who it is");
        assertThat(failure(stage -> {
                    String nonce = scramBegins(stage);
                    sasl(stage, 11, "r=" + nonce + "more,s=c2FsdA==,i=4096");
                    stage.typed();
                    sasl(stage, 12, "v=" + "A".repeat(43) + "=");
                    stage.welcome();
                    stage.beSilent();
                }))
                .hasMessageContaining("it does not know the password itself");
        assertThat(failure(stage -> {
                    scramBegins(stage);
                    sasl(stage, 11, "r=another,s=c2FsdA==,i=4096");
                    stage.beSilent();
                }))
                .hasMessageContaining("the server's first message of a login");
        assertThat(failure(stage -> {
                    String nonce = scramBegins(stage);
                    sasl(stage, 11, "r=" + nonce + "more,s=c2FsdA==,i=999999999");
                    stage.beSilent();
                }))
                .hasMessageContaining("a login of 999999999 rounds");
        assertThat(failure(stage -> {
                    stage.untyped();
                    sasl(stage, 12, "v=AAAA");
                    stage.beSilent();
                }))
                .hasMessageContaining("the second step of a login comes first");
    }

    /// Asks for SCRAM and returns the client's nonce.
    private static String scramBegins(Stage stage) throws IOException {
        stage.untyped();
        sasl(stage, 10, "SCRAM-SHA-256\0\0");
        return stage.typed().replaceFirst("(?s).*r=", "");
    }

    private static void sasl(Stage stage, int step, String text) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {0, 0, 0, (byte) step});
        content.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        stage.message('R', content.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 7, 9, 99})
    void aMethodThatIsNotKnownIsSaid(int method) throws Exception {
        assertThat(failure(stage -> {
                    stage.untyped();
                    stage.message('R', (byte) 0, (byte) 0, (byte) 0, (byte) method);
                    stage.beSilent();
                }))
                .hasMessageContaining("by a method that is not known (" + method + ")");
    }

    @Test
    void aServerOfAnOlderMinorVersionIsSpokenTo() throws Exception {
        copy(stage -> {
            stage.untyped();
            stage.message('v', new byte[8]);
            stage.welcome();
            stage.typed();
            stage.copy();
            stage.message('d', rows(1));
            stage.message('c');
            stage.message('C', "COPY 1\0".getBytes(StandardCharsets.UTF_8));
            stage.ready();
        });
        assertThat(sink.rows()).containsExactly(List.of(0));
    }

    @Test
    void aServerThatWillNotEncryptIsLeftWhenEncryptionIsAMust() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        Script script = stage -> {
            heard.add(new String(stage.untyped(), StandardCharsets.ISO_8859_1));
            stage.send((byte) 'N');
            heard.add(new String(stage.untyped(), StandardCharsets.ISO_8859_1));
        };
        try (FakeServer server = new FakeServer(script)) {
            assertThatThrownBy(() -> connect(server.login("sslmode", "require")))
                    .hasMessageContaining("it does not encrypt");
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    void whatIsSlippedInBeforeTheEncryptionIsNotRead() throws Exception {
        Script script = stage -> {
            stage.untyped();
            stage.send(
                    (byte) 'S', (byte) 'R', (byte) 0, (byte) 0, (byte) 0, (byte) 8, (byte) 0, (byte) 0, (byte) 0, (byte)
                            0);
            stage.beSilent();
        };
        try (FakeServer server = new FakeServer(script)) {
            assertThatThrownBy(() -> connect(server.login("sslmode", "require")))
                    .isInstanceOfSatisfying(
                            PostgresException.class, e -> assertThat(e.state()).isEqualTo(PostgresException.UNTRUSTED));
        }
    }

    @Test
    void aQuestionWithAZeroInItIsNotAsked() throws Exception {
        try (FakeServer server = new FakeServer(Stage::letIn);
                Channel channel = connect(server.login())) {
            assertThatThrownBy(() -> channel.execute("SELECT 1\0; DROP TABLE t"))
                    .hasMessageContaining("the character 0");
        }
    }

    private void copy(Script script) throws Exception {
        try (FakeServer server = new FakeServer(script);
                Channel channel = connect(server.login())) {
            CopyDecoder decoder = new CopyDecoder("t", List.of(new ColumnPlan(COLUMN, "n", BinaryCells.INT4)), sink);
            channel.copyOut("COPY", decoder);
            decoder.end();
        }
    }

    private PostgresException failure(Script script) {
        return catchThrowableOfType(PostgresException.class, () -> copy(script));
    }

    private static Channel connect(Login login) throws PostgresException {
        return new WireConnector(login, "fake", Duration.ofSeconds(5), Duration.ofSeconds(1), Host.system()).connect();
    }

    /// A whole copy of rows of one number each.
    private static byte[] rows(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HEADER);
        for (int row = 0; row < count; row++) {
            bytes.writeBytes(new byte[] {0, 1, 0, 0, 0, 4, 0, 0, 0, (byte) row});
        }
        bytes.writeBytes(END);
        return bytes.toByteArray();
    }
}
