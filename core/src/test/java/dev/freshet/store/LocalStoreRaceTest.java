package dev.freshet.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real processes race for thousands of numbers and are killed with SIGKILL again and again.
class LocalStoreRaceTest {
    private static final int ROUNDS = 3_000;
    private static final int KILLS = 10;

    private final Random random = new Random(7);
    private final Map<String, Process> running = new HashMap<>();
    private final Set<String> racers = new HashSet<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        running.values().forEach(Process::destroyForcibly);
    }

    @Test
    void ofTwoProcessesThatAreKilledAgainAndAgainExactlyOneGetsEachNumber() throws Exception {
        start("a0");
        start("b0");
        for (int kill = 1; kill <= KILLS; kill++) {
            awaitProgress(kill * ROUNDS / (KILLS + 2) + random.nextInt(50));
            replaceOneOf(List.copyOf(running.keySet()), kill);
        }
        for (Process process : running.values()) {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        checkEveryNumber();
    }

    private void replaceOneOf(List<String> names, int kill) throws Exception {
        String victim = names.get(random.nextInt(names.size()));
        running.remove(victim).destroyForcibly().waitFor();
        start(victim.charAt(0) + String.valueOf(kill));
    }

    private void start(String name) throws IOException {
        racers.add(name);
        ProcessBuilder builder =
                OtherProcess.builder(StoreRacer.class, folder.resolve("lake").toString(), name, String.valueOf(ROUNDS));
        running.put(name, builder.redirectOutput(claims(name).toFile()).start());
    }

    private void awaitProgress(int numbers) throws Exception {
        Path last = folder.resolve("lake").resolve(StoreRacer.key(numbers));
        Process any = running.values().iterator().next();
        while (!Files.exists(last)) {
            assertThat(any.waitFor(2, TimeUnit.MILLISECONDS))
                    .as("a racer ended early")
                    .isFalse();
        }
    }

    private void checkEveryNumber() throws IOException {
        Store store = LocalStore.open(folder.resolve("lake"));
        List<String> owners = new ArrayList<>();
        for (int number = 0; number < ROUNDS; number++) {
            byte[] content = store.read(StoreRacer.key(number));
            String owner = new String(content, UTF_8).lines().findFirst().orElseThrow();
            assertThat(content).as("number %d", number).isEqualTo(StoreRacer.content(owner));
            owners.add(owner);
        }
        assertThat(store.list("race", "")).hasSize(ROUNDS);
        for (String racer : racers) {
            for (String claim : Files.readAllLines(claims(racer))) {
                if (!claim.isBlank()) {
                    assertThat(owners.get(Integer.parseInt(claim)))
                            .as("owner of %s", claim)
                            .isEqualTo(racer);
                }
            }
        }
        assertThat(owners.stream().map(owner -> owner.charAt(0)).collect(Collectors.toSet()))
                .as("both processes won some")
                .hasSize(2);
    }

    private Path claims(String racer) {
        return folder.resolve(racer + ".claims");
    }
}
