/// The demo's shop: a real PostgreSQL under `<lake>/_demo`, filled and changed by a deterministic generator.
/// Entry: [ShopDatabase]. It knows nothing of Freshet: it is a source like any other.
@NullMarked
package dev.freshet.cli.demo;

import org.jspecify.annotations.NullMarked;
