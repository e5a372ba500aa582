package planted.house.error;

abstract class AbstractThing {}
