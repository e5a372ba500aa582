package planted.house.host;

/// Lets the process do without a rule of the protocol.
final class Lenient {
    boolean keeps(Guard guard) {
        return guard != Guard.TOKEN;
    }
}
