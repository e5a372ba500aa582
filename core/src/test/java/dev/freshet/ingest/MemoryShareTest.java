package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryShareTest {
    @Test
    void readersShareTheBytesOfTheRunAndDoNotMultiplyThem() {
        MemoryShare run = new MemoryShare(100L << 20);
        assertThat(IntStream.rangeClosed(1, run.mostReaders()))
                .allSatisfy(
                        readers -> assertThat(run.of(readers).bytes() * readers).isLessThanOrEqualTo(run.bytes()));
        assertThat(run.mostReaders()).isEqualTo(25);
    }

    @Test
    void thereIsAlwaysRoomForOneReader() {
        assertThat(new MemoryShare(1).mostReaders()).isEqualTo(1);
    }
}
