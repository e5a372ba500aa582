package dev.freshet.event;

import java.util.List;

/// A batch that was taken from a backlog, and those who wait for it.
record Taken(EventBatch batch, List<Receipt> receipts) {
    Taken {
        receipts = List.copyOf(receipts);
    }
}
