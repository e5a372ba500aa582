package planted.house.schedule;

/// Public for nobody.
public final class Exhibitionist {}
