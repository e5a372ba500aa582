package dev.freshet.source.postgres;

/// What a server wants to hear from whoever asks it to stop a connection's work.
@SuppressWarnings("ArrayRecordComponent") // never compared
record CancelKey(int process, byte[] secret) {
    static final CancelKey NONE = new CancelKey(0, new byte[0]);

    private static final int CANCEL_REQUEST = 80_877_102;

    /// Whether the server has given one; some poolers do not.
    boolean usable() {
        return secret.length > 0;
    }

    void send(WireOutput output) throws PostgresException {
        output.begin().int4(CANCEL_REQUEST).int4(process).bytes(secret).send();
    }

    @Override
    public String toString() {
        return "process " + process;
    }
}
