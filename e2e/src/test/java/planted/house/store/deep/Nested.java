package planted.house.store.deep;

/// Core's packages are flat.
final class Nested {}
