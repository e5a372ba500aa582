package dev.freshet.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The types that a user of the façade meets: those of its package, those in their public signatures, and so on.
final class HandedOut {
    private final String root;
    private final Set<JavaClass> types = new HashSet<>();
    private final Deque<JavaClass> pending = new ArrayDeque<>();

    private HandedOut(String root) {
        this.root = root;
    }

    static Set<JavaClass> by(String root, JavaClasses classes) {
        var handedOut = new HandedOut(root);
        classes.stream()
                .filter(type -> type.getPackageName().equals(root))
                .filter(HandedOut::isPublic)
                .forEach(handedOut::meet);
        while (!handedOut.pending.isEmpty()) {
            handedOut.follow(handedOut.pending.remove());
        }
        return handedOut.types;
    }

    private void meet(JavaClass type) {
        if (House.owns(root, type) && types.add(type)) {
            pending.add(type);
        }
    }

    private void follow(JavaClass type) {
        type.getCodeUnits().stream().filter(HandedOut::isPublic).forEach(this::followSignature);
        type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .map(field -> field.getType())
                .forEach(this::meetAll);
        type.getRawSuperclass().ifPresent(this::meet);
        type.getRawInterfaces().forEach(this::meet);
        Class<?> reflected = type.reflect();
        if (reflected.isSealed()) {
            Set<String> permitted = new HashSet<>();
            Arrays.stream(reflected.getPermittedSubclasses()).forEach(subtype -> permitted.add(subtype.getName()));
            type.getSubclasses().stream()
                    .filter(subtype -> permitted.contains(subtype.getName()))
                    .forEach(this::meet);
        }
    }

    private void followSignature(JavaCodeUnit method) {
        Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                .forEach(this::meetAll);
        method.getExceptionTypes().forEach(this::meet);
    }

    private void meetAll(JavaType type) {
        type.getAllInvolvedRawTypes().forEach(raw -> meet(raw.getBaseComponentType()));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isPublic(JavaCodeUnit method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC);
    }
}
