package planted.house.error;

final class ThingImpl extends AbstractThing {}
