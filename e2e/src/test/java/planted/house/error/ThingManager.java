package planted.house.error;

final class ThingManager {}
