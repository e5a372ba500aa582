package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A service in a chaos run, and all that it said. It can be asked to stand still at a point of its work. Safe for use
/// by many threads.
final class Pod {
    /// A line of its log: when it was read, and what it says; an empty object where it is not JSON.
    record Line(String text, JsonNode json) {
        boolean says(String message) {
            return json.path("message").asText().equals(message);
        }
    }

    private final String id;
    private final FreshetProcess process;
    private final Path holdFile;
    private final LineTail tail;
    private final List<Line> lines = new ArrayList<>();
    private Optional<Long> servingSince = Optional.empty();
    private boolean reserved;

    Pod(String id, FreshetProcess process, Path holdFile) {
        this.id = id;
        this.process = process;
        this.holdFile = holdFile;
        this.tail = new LineTail(process.log());
    }

    String id() {
        return id;
    }

    FreshetProcess process() {
        return process;
    }

    /// All it said so far.
    synchronized List<Line> lines() {
        for (String text : tail.next()) {
            Line line = new Line(text, DeltaFolder.parse(text.startsWith("{") ? text : "{}"));
            lines.add(line);
            if (line.says("serving") && servingSince.isEmpty()) {
                servingSince = Optional.of(System.nanoTime());
            }
        }
        return List.copyOf(lines);
    }

    /// Whether it is at work, untouched, and has been since a time of the ticker.
    synchronized boolean isSteadySince(long nanos) {
        if (servingSince.isEmpty()) {
            lines();
        }
        return process.isAlive()
                && !reserved
                && servingSince.filter(since -> since - nanos <= 0).isPresent();
    }

    synchronized void reserve(boolean value) {
        reserved = value;
    }

    synchronized boolean isReserved() {
        return reserved;
    }

    /// It has been stopped: its observations begin anew.
    synchronized void restarted() {
        servingSince = Optional.of(System.nanoTime());
        reserved = false;
    }

    /// Makes it stand still when it next comes to the point; false if it does not come there in time.
    boolean hold(String point, Duration patience) throws InterruptedException {
        int before = lines().size();
        write(point);
        long end = System.nanoTime() + patience.toNanos();
        while (lines().stream().skip(before).noneMatch(line -> line.text().equals("held at " + point))) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                letGo();
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    private void write(String point) {
        try {
            Path draft = Files.writeString(holdFile.resolveSibling(id + ".draft"), point);
            Files.move(draft, holdFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It goes on as soon as it runs.
    void letGo() {
        try {
            Files.deleteIfExists(holdFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
