package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderByTest {
    @Test
    void columnsHaveADirectionAndMayBeQuoted() {
        assertThat(OrderBy.parse("name, \"odd \"\"one\" DESC,`b``t` asc"))
                .containsExactly(
                        new OrderColumn("name", false),
                        new OrderColumn("odd \"one", true),
                        new OrderColumn("b`t", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id;drop table t",
                "id) from t; --",
                "id desc nulls last",
                "1",
                "random()",
                "a,",
                ",a",
                "a b",
                "\"unclosed"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OrderBy.parse(text));
    }
}
