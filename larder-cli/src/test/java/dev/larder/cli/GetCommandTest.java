package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.StoredValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is stored under a key, and where. */
class GetCommandTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  @Test
  void get_printsTheValue() {
    assertThat(cli.run("get", FakeManagement.KEY)).isZero();
    assertThat(cli.out).isEqualTo("{\"title\":\"Air\"}\n");
  }

  @Test
  void get_missingKey_endsWithThree() {
    management.value = Optional.empty();

    assertThat(cli.run("get", FakeManagement.KEY)).isEqualTo(3);
    assertThat(cli.out).isEmpty();
    assertThat(cli.err).contains("no shared tier has shop:album:v1:42", "larder explain");
  }

  /** Whether it was ever stored is known to the tier alone that does not answer. */
  @Test
  void get_keyThatASilentTierMayHave_endsWithFour_andNamesIt() {
    management.value = Optional.empty();
    management.copies = List.of(
        new Copy("L1", "n1", "", State.FRESH, "4", 1_000, 41_000, -1, -1, List.of()),
        new Copy("L2", "", "redis", State.UNREACHABLE, "", -1, 0, -1, -1, List.of()));

    assertThat(cli.run("get", FakeManagement.KEY)).isEqualTo(4);
    assertThat(cli.err)
        .contains(
            "no shared tier that answers has shop:album:v1:42",
            "L2 (redis) does not answer",
            "L1 of n1 has it")
        .doesNotContain("never stored");
  }

  @Test
  void get_rememberedAbsence_printsNothingAndSaysSo() {
    management.value = Optional.of(new StoredValue("L2", "json", "", true));

    assertThat(cli.run("get", FakeManagement.KEY)).isZero();
    assertThat(cli.out).isEmpty();
    assertThat(cli.err).contains("remembered on L2");
  }

  @Test
  void get_tiers_showsEachCopy() {
    assertThat(cli.run("get", FakeManagement.KEY, "--tiers")).isZero();
    assertThat(cli.out)
        .containsPattern("L1 +n1 +fresh")
        .contains("invalid, never served")
        .containsPattern("L2 +redis +fresh +1-4 +1 s +41 s +120 B +400 B");
  }
}
