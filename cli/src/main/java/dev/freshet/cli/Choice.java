package dev.freshet.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// One word out of a few, as users write them: in any case.
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> choices;

    Choice(E[] choices) {
        this.choices = List.of(choices);
    }

    @Override
    public E convert(String word) {
        return choices.stream()
                .filter(choice -> choice.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no '" + word + "'; choose " + words()));
    }

    private String words() {
        return choices.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
