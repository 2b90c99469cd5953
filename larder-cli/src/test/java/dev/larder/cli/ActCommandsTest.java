package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.NodeView;
import dev.larder.manage.Preview;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActCommandsTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalidate shop:album:v1:42",
        "invalidate --tag artist:7",
        "invalidate --cache album",
        "invalidate --prefix shop:album:v1:",
        "clear",
        "clear album",
        "switch off",
        "switch album 25%"
      })
  void withoutYesAndTerminal_isRefusedAndChangesNothing(String line) {
    assertThat(cli.run(line.split(" "))).isEqualTo(6);

    assertThat(management.orders).isEmpty();
    assertThat(cli.out).isEmpty();
    assertThat(cli.err).contains("nothing was changed", "no terminal", "--yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalidate shop:album:v1:42 --dry-run",
        "clear --dry-run --yes",
        "switch off --dry-run --yes",
        "refresh k -n",
        "touch k --ttl 5m -n"
      })
  void dryRun_changesNothing(String line) {
    assertThat(cli.run(line.split(" "))).isZero();

    assertThat(management.orders).isEmpty();
    assertThat(cli.err).contains("Nothing was changed.");
  }

  private static Copy copy(String tier, State state) {
    return new Copy(
        tier,
        tier.equals("L1") ? "n1" : "",
        tier.equals("L1") ? "" : tier.equals("L2") ? "redis" : "postgresql",
        state,
        "",
        1,
        1,
        -1,
        -1,
        List.of());
  }

  private void nodeWith(Map<String, String> policy, int percent) {
    NodeView node = FakeManagement.node("n1");
    management.nodes = List.of(FakeManagement.like(
        node,
        node.startedMillis(),
        node.atMillis(),
        node.tiers(),
        List.of(new NodeView.CacheView(FakeManagement.stats("album", 9, 1), policy, percent)),
        List.of()));
  }

  /** A preview that promises what is then refused is worse than none. */
  @ParameterizedTest
  @CsvSource({
    "ABSENT, FRESH, FRESH, '[L1, L2, DATABASE]', not in its L1 on any node that answers",
    "FRESH, ABSENT, FRESH, '[L1, L2, DATABASE]', L2 (redis) has no valid copy of it",
    "FRESH, UNREACHABLE, FRESH, '[L1, L2, DATABASE]', ''",
    "FRESH, UNREACHABLE, ABSENT, '[L1, L2, DATABASE]', 'L2 (redis) does not answer, and no other shared tier"
        + " has a valid copy of it'",
    "FRESH, UNREACHABLE, UNREACHABLE, '[L1, L2, DATABASE]', 'L2 (redis) and DATABASE (postgresql) do"
        + " not answer, and no other shared tier has a valid copy of it'",
    "INVALID, STALE, ABSENT, '[L1, L2, DATABASE]', ''",
    "FRESH, ABSENT, FRESH, '[DATABASE, L1]', ''",
    "FRESH, ABSENT, ABSENT, '[L1]', ''",
    "ABSENCE, ABSENT, ABSENT, '[L1]', ''",
    "INVALID, FRESH, FRESH, '[L1]', what nodes have of it in L1 is not valid any more",
    "FRESH, LOADING, ABSENT, '[L1, L2]', L2 (redis) has no valid copy of it"
  })
  void touch_dryRun_looksWhetherItCanBeDone(
      State l1, State l2, State database, String tiers, String obstacle) {
    nodeWith(Map.of("tiers", tiers), 100);
    // As explain sorts them.
    management.copies = List.of(copy("DATABASE", database), copy("L1", l1), copy("L2", l2));

    int status = cli.run("touch", "k", "--ttl", "5m", "--dry-run");

    assertThat(status).isEqualTo(obstacle.isEmpty() ? 0 : 1);
    assertThat(cli.err)
        .contains(
            obstacle.isEmpty() ? "Would let k live for 5 min" : "It cannot live on: ", obstacle)
        .contains("Nothing was changed.");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void touch_dryRun_ofACacheThatIsOff_saysSo() {
    nodeWith(Map.of(), 0);

    assertThat(cli.run("touch", "k", "--ttl", "5m", "--dry-run")).isEqualTo(1);
    assertThat(cli.err).contains("It cannot live on: its cache is switched off. Nothing was");
    assertThat(management.orders).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ABSENT, declared, 'the key is not in its L1 on any node that answers, so none knows how to load it'",
    "INVALID, declared, ''",
    "FRESH, none, its cache declares no loader"
  })
  void refresh_dryRun_looksWhetherItCanBeDone(State l1, String loader, String obstacle) {
    nodeWith(Map.of("loader", loader), 100);
    management.copies = List.of(copy("L1", l1), copy("L2", State.FRESH));

    int status = cli.run("refresh", "k", "--dry-run");

    assertThat(status).isEqualTo(obstacle.isEmpty() ? 0 : 1);
    assertThat(cli.err)
        .contains(obstacle.isEmpty() ? "Would load k once" : "It cannot be refreshed: ", obstacle)
        .contains("Nothing was changed.");
    assertThat(management.orders).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "invalidate a b --yes,'invalidate KEY [a, b]'",
    "invalidate -t x -t y -y,'invalidate TAG [x, y]'",
    "invalidate --cache album --yes,'invalidate CACHE [album]'",
    "invalidate --prefix shop:album:v1: --yes,'invalidate PREFIX [shop:album:v1:]'",
    "clear session --yes,'invalidate CACHE [session]'",
    "clear --yes,'invalidate ALL []'",
    "refresh k,'refresh k'",
    "touch k --ttl 90s,'touch k PT1M30S'",
    "switch off --yes,turn '' 0",
    "switch on,turn '' 100",
    "switch album 25 --yes,turn 'album' 25"
  })
  void withYes_isDone(String line, String order) {
    assertThat(cli.run(line.split(" "))).as(cli.err).isZero();

    assertThat(management.orders).containsExactly(order);
    assertThat(cli.out).contains(" done");
  }

  @Test
  void onATerminal_saysWhatItCoversAndAsks() {
    cli.isTerminal = true;
    cli.in = "n\n";

    assertThat(cli.run("invalidate", "--tag", "artist:7")).isEqualTo(6);
    assertThat(cli.err)
        .contains("Invalidate tag artist:7: 1,234 stored entries (album 1,234), sparing session?");
    assertThat(management.orders).isEmpty();

    cli.in = "y\n";
    assertThat(cli.run("invalidate", "--tag", "artist:7")).isZero();
    assertThat(management.orders).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "y\n", "yes\n", "albums\n", "ALBUM\n"})
  void clear_onATerminal_wantsTheName(String answer) {
    cli.isTerminal = true;
    cli.in = answer;

    assertThat(cli.run("clear", "album")).isEqualTo(6);
    assertThat(management.orders).isEmpty();
  }

  @Test
  void clear_givenTheName_clears() {
    cli.isTerminal = true;
    cli.in = "album\n";

    assertThat(cli.run("clear", "album")).isZero();
    assertThat(cli.err).contains("Write album to go on");
    assertThat(management.orders).containsExactly("invalidate CACHE [album]");
  }

  @Test
  void clear_ofAll_isRefusedWhereNobodyKnowsWhatIsProtected() {
    management.nodes = List.of();
    assertThat(cli.run("clear", "--yes")).isEqualTo(1);
    assertThat(cli.err).contains("no node runs that could tell which caches are protected");

    management.nodes = List.of(FakeManagement.node("n1"));
    management.isWhole = false;
    assertThat(cli.run("clear", "--yes")).isEqualTo(1);

    assertThat(management.orders).isEmpty();
  }

  @Test
  void clear_unknownCache_isNotFound() {
    assertThat(cli.run("clear", "sesion", "--yes")).isEqualTo(3);
    assertThat(cli.err).contains("did you mean session?");
    assertThat(management.orders).isEmpty();
  }

  @Test
  void invalidate_whileNothingCanBeCounted_isStillAskedFor() {
    management.failure = new ManagementException(Reason.UNREACHABLE, "L2 does not answer");
    cli.isTerminal = true;
    cli.in = "n\n";

    assertThat(cli.run("invalidate", "k")).isEqualTo(6);
    assertThat(cli.err).contains("entries cannot be counted, L2 does not answer");
  }

  @Test
  void invalidate_dryRun_printsTheCounts() {
    cli.run("invalidate", "k", "--dry-run", "-o", "csv");

    assertThat(cli.out)
        .isEqualTo("cache,entries\nalbum,1234\ntogether,1234\n\"session (protected, spared)\",0\n");
  }

  @Test
  void invalidate_ofWhatCouldNotBeCounted_saysWhy() {
    String why = "L2 (redis) does not answer, so its entries are not counted";
    management.preview =
        new Preview(3, false, List.of(new Preview.CacheCount("album", 3)), List.of(), List.of(why));

    assertThat(cli.run("invalidate", "--tag", "artist:7", "--dry-run")).isZero();
    assertThat(cli.out).contains("at least");
    assertThat(cli.err).contains("It may be more: " + why + ".");
    cli.run("invalidate", "--tag", "artist:7", "--dry-run", "-o", "json");
    assertThat(cli.out).contains("\"reasons\"", why);

    cli.isTerminal = true;
    cli.in = "n\n";
    assertThat(cli.run("invalidate", "--tag", "artist:7")).isEqualTo(6);
    assertThat(cli.err)
        .contains(
            "Invalidate tag artist:7: at least 3 stored entries (album 3); " + why + "? [y/N]");
  }

  @Test
  void invalidate_ofAnExactCount_saysNoMore() {
    assertThat(cli.run("invalidate", "k", "--dry-run")).isZero();
    assertThat(cli.err).doesNotContain("may be more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalidate",
        "invalidate k --tag t",
        "touch k",
        "touch k --ttl 0s",
        "touch k --ttl soon",
        "touch k --ttl 3651d",
        "switch",
        "switch album 101",
        "switch album maybe",
        "verify --sample 0",
        "warm --pause",
        "advise --apply-to notes.txt",
        "tail --events lod"
      })
  void wrongUsage_endsWithTwo(String line) {
    assertThat(cli.run(line.split(" "))).isEqualTo(2);
    assertThat(cli.err).isNotEmpty();
    assertThat(management.orders).isEmpty();
  }
}
