package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;

/// One value that survives in checkpoints: a number, a text, an optional or a collection, as its format says;
/// JSON in its file. Confined to one thread at a time.
///
/// @param <T> an immutable type
public final class SavedValue<T> implements Checkpointable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final StateFormat<T> format;
    private T value;

    /// @param value what it is until something is restored
    public SavedValue(StateFormat<T> format, T value) {
        this.format = format;
        this.value = value;
    }

    public T value() {
        return value;
    }

    public void set(T newValue) {
        value = newValue;
    }

    @Override
    public byte[] checkpoint() {
        return format.write(value).toString().getBytes(UTF_8);
    }

    @Override
    public void restore(byte[] state) {
        try {
            value = format.read(MAPPER.readTree(state));
        } catch (IOException | RuntimeException e) {
            throw new FreshetException(
                    ErrorCode.INCOMPATIBLE_STORAGE, "the state in the checkpoint has another form than expected", e);
        }
    }
}
