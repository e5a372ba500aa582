package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds the house to its rules, and each rule to the planted classes that break it.
class ArchitectureTest {
    private static final House HOUSE = House.real();
    private static final House PLANTED = House.planted();

    @ParameterizedTest
    @EnumSource
    void theHouseKeepsTheRule(HouseRule rule) {
        List<String> faults = HOUSE.classes().stream()
                .flatMap(type -> rule.faults(type, HOUSE).map(fault -> type.getName() + " " + fault))
                .sorted()
                .toList();

        assertThat(HOUSE.classes()).isNotEmpty();
        assertThat(faults).as(rule.name()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theRuleFindsExactlyItsPlantedViolations(HouseRule rule) {
        List<String> broken = PLANTED.classes().stream()
                .filter(type -> rule.faults(type, PLANTED).findAny().isPresent())
                .map(PLANTED::shortName)
                .sorted()
                .collect(Collectors.toList());

        assertThat(broken).as(rule.name()).containsExactlyElementsOf(rule.culprits());
    }
}
