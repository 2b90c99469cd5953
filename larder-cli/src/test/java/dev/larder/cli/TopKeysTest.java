package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lookups of hot keys are estimates, and say so; where none is listed there is a reason. */
class TopKeysTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private List<String> lines() {
    return cli.out.lines().toList();
  }

  @Test
  void heading_saysThatLookupsAreEstimated_andWhatIsListed() {
    assertThat(cli.run("top", "--keys")).isZero();
    assertThat(lines().get(0))
        .isEqualTo("Estimated from 1 in 256 lookups since the nodes started: a key is listed once"
            + " 4 of those were surely its own");
    assertThat(lines().get(1)).matches("LOOKUPS, ESTIMATED +CACHE +KEY");
    cli.run("top", "-o", "csv");
    assertThat(lines().get(0)).isEqualTo("requests,cache,key");
  }

  @Test
  void noKeyThatStandsOut_isToldWithItsReason() {
    management.nodes = List.of(FakeManagement.node(100, 700, 301, 0, List.of()));
    assertThat(cli.run("top")).isZero();
    assertThat(lines())
        .containsExactly("No key stands out of 1,001 lookups: 1 in 256 is looked at, and a key is"
            + " listed once 4 of those were surely its own");
    management.nodes = List.of(FakeManagement.node(100, 0, 0, 0, List.of()));
    cli.run("top");
    assertThat(lines()).containsExactly("No key has been asked for yet");
    cli.run("top", "-o", "csv");
    assertThat(lines()).containsExactly("requests,cache,key");
  }
}
