package planted.house.error;

/// Used where a planted class needs a lower neighbour.
public record Fault() {}
