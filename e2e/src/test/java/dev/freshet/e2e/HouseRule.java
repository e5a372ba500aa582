package dev.freshet.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the house, each with the planted classes that break it and nothing else.
enum HouseRule {
    EVERY_PACKAGE_HAS_ITS_PLACE("nowhere.Stray", "store.deep.Nested") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            String area = house.area(type);
            boolean flat = !CORE.contains(area) || type.getPackageName().equals(packageOf(area, house));
            return ORDER.contains(area) && flat ? Stream.of() : Stream.of("is in a package that has no place");
        }
    },
    NO_PACKAGE_IMPORTS_A_HIGHER_ONE("store.ReachesUp") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            int place = ORDER.indexOf(house.area(type));
            return house.dependencies(type)
                    .filter(house::owns)
                    .filter(other -> place >= 0 && ORDER.indexOf(house.area(other)) > place)
                    .map(other -> "imports the higher " + other.getName());
        }
    },
    BATCH_STANDS_ALONE("batch.Sociable") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return house.dependencies(type)
                    .filter(house::owns)
                    .filter(other -> house.area(type).equals("batch")
                            && !house.area(other).equals("batch"))
                    .map(other -> "imports " + other.getName());
        }
    },
    TASKS_DO_NOT_KNOW_ONE_ANOTHER("rollup.Nosy") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return house.dependencies(type)
                    .filter(house::owns)
                    .filter(other -> TASKS.contains(house.area(type))
                            && TASKS.contains(house.area(other))
                            && !house.area(type).equals(house.area(other)))
                    .map(other -> "imports another task's " + other.getName());
        }
    },
    DELTA_KERNEL_ONLY_IN_TABLE("query.KernelUser") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return library(type, house, Set.of("table"), "io.delta.");
        }
    },
    PARQUET_ONLY_IN_PARQUET("table.ParquetUser") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return library(type, house, Set.of("parquet"), "org.apache.parquet.");
        }
    },
    HADOOP_ONLY_UNDER_KERNEL_AND_PARQUET("ingest.HadoopUser") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return library(type, house, Set.of("table", "parquet"), "org.apache.hadoop.");
        }
    },
    DUCKDB_ONLY_IN_QUERY("catalog.DuckDbUser") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return library(type, house, Set.of("query"), "org.duckdb.");
        }
    },
    OBJECT_STORE_SDKS_ONLY_IN_STORE("table.SdkUser") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return library(type, house, Set.of("store"), "software.amazon.awssdk.", "com.azure.", "com.google.cloud.");
        }
    },
    TIME_COMES_FROM_THE_HOST("control.Clockwatcher") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return touchesTheMachine(type, house) ? Stream.of() : Calls.ofTime(type);
        }
    },
    RANDOMNESS_COMES_FROM_THE_HOST("control.Gambler") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return touchesTheMachine(type, house) ? Stream.of() : Calls.ofRandomness(type);
        }
    },
    THREADS_COME_FROM_THE_HOST("control.Spawner") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return touchesTheMachine(type, house) ? Stream.of() : Calls.ofThreads(type);
        }
    },
    ONLY_TESTS_TAKE_A_GUARD_AWAY("host.Lenient") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return type.isInterface()
                    ? Stream.of()
                    : type.getMethods().stream()
                            .filter(method -> method.getName().equals("keeps"))
                            .filter(method -> method.getRawParameterTypes().stream()
                                    .anyMatch(parameter ->
                                            parameter.getSimpleName().equals("Guard")))
                            .map(method -> "decides whether a rule of the protocol is kept");
        }
    },
    COMMITS_GO_THROUGH_THE_RUN("ingest.Committer") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return MAY_COMMIT.contains(house.area(type))
                    ? Stream.of()
                    : Calls.matching(
                            type,
                            target -> house.area(target.getOwner()).equals("table")
                                    && COMMITS.contains(target.getName()));
        }
    },
    PUBLIC_ONLY_WHERE_ANOTHER_PACKAGE_USES_IT("schedule.Exhibitionist") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            boolean needed = !type.isTopLevelClass()
                    || !type.getModifiers().contains(JavaModifier.PUBLIC)
                    || type.tryGetMethod("main", String[].class).isPresent()
                    || house.mentions().outside(type.getPackageName(), type.getName())
                    || house.handedOut().contains(type);
            return needed ? Stream.of() : Stream.of("is public, and no other package uses it");
        }
    },
    NO_STATIC_STATE("host.Counter") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return type.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                    .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL) || isMutable(field))
                    .map(field -> "has static state: " + field.getName());
        }
    },
    NAMES_SAY_WHAT_A_THING_IS("error.AbstractThing", "error.ThingImpl", "error.ThingManager", "error.ThingUtils") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return BANNED_NAME.matcher(type.getSimpleName()).find() ? Stream.of("has a banned name") : Stream.of();
        }
    },
    PACKAGES_SAY_WHAT_THEY_ARE("cli.util.Leftovers") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return Stream.of(type.getPackageName().split("\\."))
                    .filter(BANNED_PACKAGES::contains)
                    .map(segment -> "is in a package named " + segment);
        }
    },
    COMMANDS_GO_THROUGH_THE_FACADE("cli.Burglar") {
        @Override
        Stream<String> faults(JavaClass type, House house) {
            return house.dependencies(type)
                    .filter(other ->
                            house.area(type).equals("cli") && CORE.contains(house.area(other)) && house.owns(other))
                    .filter(other -> !OPEN_TO_COMMANDS.contains(house.area(other)))
                    .filter(other -> !house.handedOut().contains(outermost(other)))
                    .map(other -> "reaches past the façade to " + other.getName());
        }
    };

    /// Core's packages from the lowest to the façade, whose own package has the empty name.
    private static final List<String> CORE = List.of(
            "error",
            "host",
            "store",
            "batch",
            "parquet",
            "table",
            "query",
            "catalog",
            "control",
            "event",
            "checkpoint",
            "schedule",
            "ingest",
            "rollup",
            "maintain",
            "");

    /// Adapters of sources stand beside the façade and below the commands.
    private static final List<String> ORDER = Stream.concat(
                    CORE.stream(), Stream.of("source", "server", "cli", "spark", "bench"))
            .toList();

    private static final Set<String> TASKS = Set.of("ingest", "rollup", "maintain");

    /// The Runner's own package, and those that append or claim and decide nothing about a task's data.
    private static final Set<String> MAY_COMMIT = Set.of("table", "control", "schedule", "event");

    private static final Set<String> COMMITS = Set.of("commit", "raise");

    /// Outside `host`, only these touch the machine: the process's entry and its shutdown hook, and a password's
    /// making.
    private static final Set<String> MACHINE_USERS = Set.of("cli.Main", "cli.GracefulExit", "cli.demo.Passwords");

    /// Besides what the façade hands out: errors are thrown, and the host is the machine's, not the house's.
    private static final Set<String> OPEN_TO_COMMANDS = Set.of("error", "host");

    private static final Pattern BANNED_NAME = Pattern.compile("(Impl|Manager|Helper|Utils?|Common)$|^Abstract");
    private static final Set<String> BANNED_PACKAGES =
            Set.of("internal", "impl", "util", "utils", "common", "model", "manager", "helper");
    private static final Pattern MUTABLE = Pattern.compile("^java\\.util\\.concurrent\\.(atomic|locks)\\."
            + "|^java\\.util\\.(\\w*Random|\\w*HashMap|TreeMap|\\w*HashSet|TreeSet|ArrayList|ArrayDeque|LinkedList)$"
            + "|^java\\.util\\.concurrent\\.\\w+$"
            + "|^java\\.lang\\.(ThreadLocal|StringBuilder)$");

    private final List<String> culprits;

    HouseRule(String... culprits) {
        this.culprits = List.of(culprits);
    }

    /// What is wrong with one class.
    abstract Stream<String> faults(JavaClass type, House house);

    /// The planted classes that break this rule.
    List<String> culprits() {
        return culprits;
    }

    private static String packageOf(String area, House house) {
        return area.isEmpty() ? house.root() : house.root() + "." + area;
    }

    private static Stream<String> library(JavaClass type, House house, Set<String> users, String... libraries) {
        return users.contains(house.area(type))
                ? Stream.of()
                : house.dependencies(type)
                        .filter(other -> Stream.of(libraries).anyMatch(other.getName()::startsWith))
                        .map(other -> "imports " + other.getName());
    }

    private static boolean touchesTheMachine(JavaClass type, House house) {
        return house.area(type).equals("host") || MACHINE_USERS.contains(house.shortName(outermost(type)));
    }

    private static boolean isMutable(JavaField field) {
        return MUTABLE.matcher(field.getRawType().getName()).find();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(HouseRule::outermost).orElse(type);
    }
}
