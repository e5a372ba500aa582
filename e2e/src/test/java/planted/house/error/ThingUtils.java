package planted.house.error;

final class ThingUtils {}
