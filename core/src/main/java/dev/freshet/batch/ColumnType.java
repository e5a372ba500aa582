package dev.freshet.batch;

/// The logical type of a column, one for each Delta type that Freshet writes. Every type decides which [Vector]
/// holds its values. Immutable; compare with `equals`. The names are those of the Delta protocol's schema format.
///
/// | type | vector | one value |
/// |---|---|---|
/// | boolean, byte, short, int, date | [IntVector] | 0 or 1; the number; days since 1970-01-01 |
/// | long, timestamp, timestamp_ntz, decimal up to 18 digits | [LongVector] | the number; microseconds; the unscaled
/// value |
/// | decimal beyond 18 digits | [WideDecimalVector] | the unscaled value in 128 bits |
/// | float, double | [FloatVector], [DoubleVector] | |
/// | string, binary | [BytesVector] | UTF-8, or any bytes |
/// | array | [ListVector] | the elements, which may be null |
public sealed interface ColumnType {
    ColumnType BOOLEAN = Simple.BOOLEAN;
    ColumnType BYTE = Simple.BYTE;
    ColumnType SHORT = Simple.SHORT;
    ColumnType INT = Simple.INT;
    ColumnType LONG = Simple.LONG;
    ColumnType FLOAT = Simple.FLOAT;
    ColumnType DOUBLE = Simple.DOUBLE;
    ColumnType STRING = Simple.STRING;
    ColumnType BINARY = Simple.BINARY;
    ColumnType DATE = Simple.DATE;
    /// An instant in microseconds since 1970-01-01T00:00Z.
    ColumnType TIMESTAMP = Simple.TIMESTAMP;
    /// A local date and time without a zone, in microseconds since 1970-01-01T00:00.
    ColumnType TIMESTAMP_NTZ = Simple.TIMESTAMP_NTZ;

    /// The type as text, such as `long`, `decimal(10,2)` or `array<string>`.
    String deltaName();

    /// The type that [#deltaName()] names.
    ///
    /// @throws IllegalArgumentException if there is no such type
    static ColumnType parse(String deltaName) {
        return TypeNames.parse(deltaName);
    }

    /// The types without parameters.
    enum Simple implements ColumnType {
        BOOLEAN("boolean"),
        BYTE("byte"),
        SHORT("short"),
        INT("integer"),
        LONG("long"),
        FLOAT("float"),
        DOUBLE("double"),
        STRING("string"),
        BINARY("binary"),
        DATE("date"),
        TIMESTAMP("timestamp"),
        TIMESTAMP_NTZ("timestamp_ntz");

        private final String deltaName;

        Simple(String deltaName) {
            this.deltaName = deltaName;
        }

        @Override
        public String deltaName() {
            return deltaName;
        }

        @Override
        public String toString() {
            return deltaName;
        }
    }

    /// An exact decimal number of at most `precision` digits, `scale` of them behind the point.
    record Decimal(int precision, int scale) implements ColumnType {
        public static final int MAX_PRECISION = 38;
        /// The most digits whose unscaled value fits a long.
        public static final int MAX_LONG_PRECISION = 18;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(
                        "decimal(%d,%d) is not a decimal of 1 to %d digits".formatted(precision, scale, MAX_PRECISION));
            }
        }

        /// Whether values need 128 bits.
        public boolean wide() {
            return precision > MAX_LONG_PRECISION;
        }

        @Override
        public String deltaName() {
            return "decimal(" + precision + "," + scale + ")";
        }

        @Override
        public String toString() {
            return deltaName();
        }
    }

    /// A list of values of one type; its elements may be null.
    record Array(ColumnType element) implements ColumnType {
        @Override
        public String deltaName() {
            return "array<" + element.deltaName() + ">";
        }

        @Override
        public String toString() {
            return deltaName();
        }
    }
}
