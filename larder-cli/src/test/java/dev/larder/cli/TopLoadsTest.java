package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.output.Figures;
import dev.larder.manage.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads are counted of those that nodes remember, and no count says much without its period. */
class TopLoadsTest {

  private static final long OLDEST = FakeManagement.NOW - 125_000;

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  private static Event event(long id, Event.Kind kind, long atMillis) {
    return new Event(id, "n1", atMillis, kind, "album", "k", "Albums.load:7", 12_000_000, 1);
  }

  @Test
  void heading_saysSinceWhenTheLoadsAre_andWhatIsNoLoadDoesNotCount() {
    management.events = List.of(
        event(1, Event.Kind.MISS, OLDEST - 3_600_000),
        event(2, Event.Kind.LOAD, OLDEST + 1_000),
        event(3, Event.Kind.LOAD, OLDEST),
        event(4, Event.Kind.LOAD_FAILED, OLDEST + 60_000));

    assertThat(cli.run("top", "--loads")).isZero();
    assertThat(cli.out.lines().findFirst())
        .hasValue("The latest loads, as far as nodes remember them: since "
            + Figures.time(OLDEST, FakeManagement.NOW) + ", 2 min 5 s ago");
    cli.run("top", "--loads", "-o", "json");
    assertThat(cli.out).contains("\"sinceMillis\"", Long.toString(OLDEST));
    cli.run("top", "--loads", "-o", "csv");
    assertThat(cli.out).startsWith("loads,").doesNotContain("The latest loads");
  }

  @Test
  void keys_andNoLoads_haveNoSuchHeading() {
    cli.run("top");
    assertThat(cli.out).doesNotContain("The latest loads");
    management.events = List.of();
    cli.run("top", "--loads");
    assertThat(cli.out).startsWith("LOADS");
  }
}
