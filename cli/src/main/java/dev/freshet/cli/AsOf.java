package dev.freshet.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A moment of the past, as users write it: a version of the table, or a time, which is in UTC unless it says
/// otherwise.
sealed interface AsOf {
    record Version(long number) implements AsOf {}

    record Time(Instant instant) implements AsOf {}

    /// Reads one from the command line.
    final class Converter implements ITypeConverter<AsOf> {
        private static final List<Function<String, Instant>> TIMES = List.of(
                text -> OffsetDateTime.parse(text).toInstant(),
                text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
                text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

        @Override
        public AsOf convert(String text) {
            return text.matches("\\d{1,18}") ? new Version(Long.parseLong(text)) : new Time(time(text));
        }

        private static Instant time(String text) {
            for (Function<String, Instant> time : TIMES) {
                try {
                    return time.apply(text.replace(' ', 'T'));
                } catch (DateTimeParseException another) {
                    continue;
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is neither a version such as 42 nor a time such as 2026-01-31T12:00:00Z");
        }
    }
}
