package dev.larder.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.Cli;
import dev.larder.cli.FakeManagement;
import dev.larder.manage.RouteReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A header with nothing below it looks like a fault. */
class EmptyRoutesTest {

  private static final String NO_REQUEST =
      "No request is counted: none came yet, or" + " larder.web.request-figures=true is not set";

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private void empty() {
    management.routes = new RouteReport(List.of(), List.of(), List.of("n1"), List.of());
  }

  @Test
  void byEndpoint_withNothingCounted_saysWhatTurnsItOn() {
    empty();
    assertThat(cli.run("stats", "--by", "endpoint")).isZero();
    assertThat(cli.out).startsWith("ENDPOINT").doesNotContain("No request");
    assertThat(cli.err).contains(NO_REQUEST);

    cli.run("stats", "--by", "endpoint", "--quiet", "-o", "json");
    assertThat(cli.err).isEmpty();
  }

  @Test
  void byRoute_withNoRoute_saysWhatShowsThere() {
    empty();
    assertThat(cli.run("stats", "--by", "route")).isZero();
    assertThat(cli.err).contains("No response was cached or asked for yet", "@CachedResponse");
  }

  @Test
  void watched_itIsSaidOnce() {
    empty();
    assertThat(cli.run("stats", "--by", "endpoint", "--watch=1", "--times=2")).isZero();
    assertThat(cli.err.split("No request is counted", -1)).hasSize(2);
  }

  @Test
  void whereSomethingIsCounted_nothingIsSaid() {
    cli.run("stats", "--by", "endpoint");
    assertThat(cli.err).isEmpty();
    cli.run("stats", "--by", "route");
    assertThat(cli.err).isEmpty();
  }
}
