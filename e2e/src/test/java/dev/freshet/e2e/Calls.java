package dev.freshet.e2e;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Calls and method references by which code would reach past the host: to a clock, to randomness, to threads.
final class Calls {
    private static final Set<String> TIME = Set.of(
            "System.currentTimeMillis", "System.nanoTime", "Thread.sleep", "TimeUnit.sleep", "Calendar.getInstance");
    private static final Set<String> TIME_WITHOUT_ARGUMENTS = Set.of("Date.<init>", "GregorianCalendar.<init>");
    private static final Pattern CLOCK_READER = Pattern.compile("\\w+\\.now|Clock\\.(system|tick)\\w*");
    private static final Set<String> RANDOMNESS = Set.of(
            "Math.random",
            "StrictMath.random",
            "UUID.randomUUID",
            "ThreadLocalRandom.current",
            "SecureRandom.<init>",
            "SecureRandom.getInstance",
            "SecureRandom.getInstanceStrong",
            "RandomGenerator.getDefault",
            "RandomGenerator.of");
    private static final Set<String> UNSEEDED = Set.of("Random.<init>", "SplittableRandom.<init>");
    private static final Set<String> THREADS = Set.of(
            "Thread.<init>",
            "Thread.ofVirtual",
            "Thread.ofPlatform",
            "Thread.startVirtualThread",
            "Timer.<init>",
            "ForkJoinPool.<init>",
            "ForkJoinPool.commonPool",
            "ThreadPoolExecutor.<init>",
            "ScheduledThreadPoolExecutor.<init>",
            "StructuredTaskScope.open",
            "Collection.parallelStream",
            "BaseStream.parallel",
            "Stream.parallel",
            "IntStream.parallel",
            "LongStream.parallel");
    private static final Pattern THREAD_MAKER = Pattern.compile("Executors\\.\\w+|CompletableFuture\\.\\w+Async");

    private Calls() {}

    static Stream<String> ofTime(JavaClass type) {
        return matching(
                type,
                target -> TIME.contains(name(target))
                        || TIME_WITHOUT_ARGUMENTS.contains(bareName(target))
                        || readsTheMachinesClock(target));
    }

    private static boolean readsTheMachinesClock(CodeUnitAccessTarget target) {
        boolean inJavaTime = target.getOwner().getPackageName().equals("java.time");
        boolean aClockIsPassed = target.getRawParameterTypes().stream()
                .anyMatch(parameter -> parameter.getName().equals("java.time.Clock"));
        return inJavaTime
                && !aClockIsPassed
                && CLOCK_READER.matcher(name(target)).matches();
    }

    static Stream<String> ofRandomness(JavaClass type) {
        return matching(type, target -> RANDOMNESS.contains(name(target)) || UNSEEDED.contains(bareName(target)));
    }

    static Stream<String> ofThreads(JavaClass type) {
        return matching(
                type,
                target -> THREADS.contains(name(target))
                        || THREAD_MAKER.matcher(name(target)).matches());
    }

    static Stream<String> matching(JavaClass type, Predicate<CodeUnitAccessTarget> wanted) {
        Stream<JavaCodeUnitAccess<?>> calls =
                Stream.concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream());
        return calls.filter(call -> wanted.test(call.getTarget())).map(JavaCodeUnitAccess::getDescription);
    }

    private static String name(CodeUnitAccessTarget target) {
        return target.getOwner().getSimpleName() + "." + target.getName();
    }

    /// The name of what is called, if it is called without arguments.
    private static String bareName(CodeUnitAccessTarget target) {
        return target.getRawParameterTypes().isEmpty() ? name(target) : "";
    }
}
