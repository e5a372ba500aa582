package planted.house.cli.util;

final class Leftovers {}
