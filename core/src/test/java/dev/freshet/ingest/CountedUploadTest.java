package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.Host;
import dev.freshet.store.Upload;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CountedUploadTest {
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final AtomicInteger settled = new AtomicInteger();

    @Test
    void whatWasWrittenIsMadeDurableByOneThreadWhileMoreIsWritten() throws Exception {
        CountedUpload upload = new CountedUpload(new SlowUpload(), Host.system());
        write(upload, 3);
        assertThat(begun.getCount()).as("too little to be worth it").isOne();
        write(upload, 1);
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        write(upload, 60);
        assertThat(settled).as("one at a time").hasValue(1);
        assertThat(upload.bytes()).isEqualTo(64L << 20);
        mayEnd.countDown();
        while (settled.get() < 2) {
            write(upload, 4);
        }
        upload.finish();
    }

    private static void write(CountedUpload upload, int megabytes) throws Exception {
        for (int i = 0; i < megabytes; i++) {
            upload.write(MEGABYTE, 0, MEGABYTE.length);
        }
    }

    private final class SlowUpload extends Upload {
        @Override
        public void write(int b) {}

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void settle() {
            settled.incrementAndGet();
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void finish() {}
    }
}
