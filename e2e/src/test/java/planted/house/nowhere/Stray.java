package planted.house.nowhere;

/// In a package that the order does not know.
final class Stray {}
