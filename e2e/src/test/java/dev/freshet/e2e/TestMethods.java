package dev.freshet.e2e;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The compiled tests of all modules: which test methods there are, whether they run, and whether they assert.
final class TestMethods {
    private static final Set<String> TEST = Set.of("Test", "ParameterizedTest", "TestFactory", "RepeatedTest");
    private static final Pattern FOUND_BY_SUREFIRE = Pattern.compile("Test\\w*|\\w+(Test|Tests|TestCase)");

    private final Map<String, ClassModel> classes = new HashMap<>();

    private record Method(ClassModel owner, MethodModel model) {}

    TestMethods(List<Path> folders) {
        folders.stream()
                .flatMap(folder -> ClassFiles.below(folder).stream())
                .forEach(model -> classes.put(model.thisClass().asInternalName(), model));
    }

    /// Why the test named `SimpleClass.method` proves nothing; empty if it does.
    Optional<String> fault(String name) {
        String className = name.substring(0, name.indexOf('.'));
        String methodName = name.substring(name.indexOf('.') + 1);
        List<ClassModel> named = classes.values().stream()
                .filter(model -> ClassFiles.simpleName(model).equals(className))
                .toList();
        if (named.size() != 1) {
            return Optional.of(named.isEmpty() ? "there is no such class" : "several classes have that name");
        }
        return lineage(named.getFirst()).stream()
                .flatMap(owner -> owner.methods().stream().map(model -> new Method(owner, model)))
                .filter(method -> method.model().methodName().equalsString(methodName))
                .filter(method -> annotations(method.model()).anyMatch(TEST::contains))
                .findFirst()
                .map(method -> fault(named.getFirst(), method))
                .orElse(Optional.of("there is no such test method"));
    }

    private Optional<String> fault(ClassModel named, Method method) {
        if (Stream.concat(annotations(method.model()), runners(named).flatMap(TestMethods::annotations))
                .anyMatch(annotation -> annotation.startsWith("Disabled"))) {
            return Optional.of("it is disabled");
        }
        if (runners(named).noneMatch(this::isRun)) {
            return Optional.of("no class that Surefire runs has it");
        }
        return asserts(method, new HashSet<>()) ? Optional.empty() : Optional.of("it asserts nothing");
    }

    /// The class itself, or for an abstract contract those that extend it.
    private Stream<ClassModel> runners(ClassModel named) {
        return isAbstract(named)
                ? classes.values().stream()
                        .filter(model -> model != named && lineage(model).contains(named))
                        .filter(model -> !isAbstract(model))
                : Stream.of(named);
    }

    private boolean isRun(ClassModel model) {
        String name = model.thisClass().asInternalName();
        String outermost = name.substring(name.lastIndexOf('/') + 1).split("\\$", 2)[0];
        return FOUND_BY_SUREFIRE.matcher(outermost).matches();
    }

    private static boolean isAbstract(ClassModel model) {
        return (model.flags().flagsMask() & java.lang.reflect.Modifier.ABSTRACT) != 0;
    }

    /// The class, its superclasses and their interfaces, as far as they are tests of ours.
    private List<ClassModel> lineage(ClassModel model) {
        return Stream.concat(
                        Stream.of(model),
                        Stream.concat(model.superclass().stream(), model.interfaces().stream())
                                .map(parent -> classes.get(parent.asInternalName()))
                                .filter(parent -> parent != null)
                                .flatMap(parent -> lineage(parent).stream()))
                .distinct()
                .toList();
    }

    /// Whether the method, or one of our test methods that it calls, asserts.
    private boolean asserts(Method method, Set<MethodModel> seen) {
        return seen.add(method.model())
                && method.model().code().stream()
                        .flatMap(code -> code.elementStream())
                        .flatMap(TestMethods::callees)
                        .anyMatch(callee ->
                                callee.asserts() || resolve(callee).anyMatch(called -> asserts(called, seen)));
    }

    private Stream<Method> resolve(Callee callee) {
        return Stream.ofNullable(classes.get(callee.owner()))
                .flatMap(owner -> lineage(owner).stream())
                .flatMap(owner -> owner.methods().stream().map(model -> new Method(owner, model)))
                .filter(method -> method.model().methodName().equalsString(callee.name()));
    }

    private record Callee(String owner, String name) {
        boolean asserts() {
            return name.startsWith("assert")
                    || name.equals("fail")
                    || (name.equals("<init>") && owner.equals("java/lang/AssertionError"));
        }
    }

    private static Stream<Callee> callees(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call ->
                Stream.of(new Callee(call.owner().asInternalName(), call.name().stringValue()));
            case InvokeDynamicInstruction lambda ->
                lambda.bootstrapArgs().stream().flatMap(TestMethods::lambdaBody);
            default -> Stream.of();
        };
    }

    private static Stream<Callee> lambdaBody(ConstantDesc argument) {
        return argument instanceof DirectMethodHandleDesc handle
                ? Stream.of(new Callee(internalName(handle.owner()), handle.methodName()))
                : Stream.of();
    }

    private static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private static Stream<String> annotations(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .map(annotation -> simpleName(annotation.classSymbol()));
    }

    private static Stream<String> annotations(ClassModel model) {
        return model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .map(annotation -> simpleName(annotation.classSymbol()));
    }

    private static String simpleName(ClassDesc type) {
        return type.displayName();
    }
}
