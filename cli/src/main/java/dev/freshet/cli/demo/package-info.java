/// The demo's shop: a real PostgreSQL under `<lake>/_demo`, filled and changed by a deterministic generator.
/// Entry: [ShopDatabase]. It knows nothing of Freshet: it is a source like any other. [PracticeTables] are large tables
/// in the same kind of server, from which the JDK learns what a copy runs often.
@NullMarked
package dev.freshet.cli.demo;

import org.jspecify.annotations.NullMarked;
