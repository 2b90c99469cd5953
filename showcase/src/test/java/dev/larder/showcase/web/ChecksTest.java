package dev.larder.showcase.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.larder.showcase.web.Refused.Fault;
import dev.larder.showcase.web.Refused.Reason;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void rightValues_passStripped() {
    Checks checks = new Checks();
    assertThat(checks.text("text", "  two words\n", 1, 9)).isEqualTo("two words");
    assertThat(checks.text("text", null, 0, 9)).isEmpty();
    assertThat(checks.number("rating", 10, 1, 10)).isEqualTo(10);
    assertThat(checks.id("album", 1L)).isEqualTo(1);
    checks.done();
  }

  @Test
  void length_isCountedInCharactersPeopleSee() {
    String notes = "\uD834\uDD1E".repeat(5);
    Checks checks = new Checks();
    checks.text("text", notes, 1, 5);
    checks.done();
    assertThat(fault(it -> it.text("text", notes + "x", 1, 5)).range())
        .isEqualTo("1 to 5 characters");
  }

  @Test
  void eachFault_saysWhatWasSeenAndWhatWouldBeRight() {
    assertThat(fault(it -> it.text("text", null, 1, 9)))
        .isEqualTo(new Fault("text", "missing", "1 to 9 characters"));
    assertThat(fault(it -> it.text("text", " ", 1, 9)))
        .isEqualTo(new Fault("text", "empty", "1 to 9 characters"));
    assertThat(fault(it -> it.text("bio", "too long", 0, 3)))
        .isEqualTo(new Fault("bio", "\"too long\"", "at most 3 characters"));
    assertThat(fault(it -> it.text("bio", "x".repeat(70), 0, 3)).seen()).isEqualTo("70 characters");
    assertThat(fault(it -> it.text("bio", "a\0b", 0, 3)).range()).isEqualTo("text without NUL");
    assertThat(fault(it -> it.number("rating", 11, 1, 10)))
        .isEqualTo(new Fault("rating", "11", "1 to 10"));
    assertThat(fault(it -> it.number("rating", 0, 1, 10)).seen()).isEqualTo("0");
    assertThat(fault(it -> it.number("rating", null, 1, 10)).seen()).isEqualTo("missing");
    assertThat(fault(it -> it.id("album", 0L)).seen()).isEqualTo("0");
    assertThat(fault(it -> it.id("album", null)).seen()).isEqualTo("missing");
    assertThat(fault(it -> it.fault("q", "y".repeat(70), "shorter")).seen())
        .isEqualTo("y".repeat(40) + "…");
  }

  @Test
  void allFaults_areToldAtOnce() {
    Checks checks = new Checks();
    checks.number("rating", 11, 1, 10);
    checks.text("text", "", 1, 9);
    assertThatThrownBy(checks::done)
        .isInstanceOf(Refused.class)
        .hasMessage("rating is 11, must be 1 to 10; text is empty, must be 1 to 9 characters.");
  }

  private static Fault fault(Consumer<Checks> check) {
    Checks checks = new Checks();
    check.accept(checks);
    Refused refused = catchThrowableOfType(Refused.class, checks::done);
    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.faults()).hasSize(1);
    return refused.faults().get(0);
  }
}
