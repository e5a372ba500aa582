package dev.freshet.ingest;

import dev.freshet.batch.BytesVector;
import dev.freshet.batch.Vector;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Takes text from where nobody checked it, such as a PostgreSQL database with the encoding `SQL_ASCII`.
final class Utf8Check {
    private Utf8Check() {}

    static void append(byte[] data, int offset, int length, Vector into) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, offset, length));
        } catch (CharacterCodingException _) {
            throw new Misfit(
                    new String(data, offset, length, StandardCharsets.ISO_8859_1),
                    "it is not UTF-8; as: \"binary\" takes it as it is");
        }
        ((BytesVector) into).append(data, offset, length);
    }
}
