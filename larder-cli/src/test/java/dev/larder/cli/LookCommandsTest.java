package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.NodeView;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LookCommandsTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  @Test
  void status_allWell_saysSo() {
    assertThat(cli.run("status")).as(cli.err).isZero();

    assertThat(cli.out)
        .contains("shop: 2 nodes, 2 caches, asked node n1", "All is well.", "in sync", "L2")
        .doesNotContain("\u001b");
    assertThat(cli.err).isEmpty();
  }

  @Test
  void status_whatIsSwitchedOff_isNotWell_andStrictSaysSo() {
    management.switches = Map.of("album", 50, "session", 100);

    assertThat(cli.run("status")).isZero();
    assertThat(cli.out)
        .contains("1 thing is wrong:", "cache album is switched to 50 % of the keys")
        .doesNotContain("session is switched");

    assertThat(cli.run("status", "--strict")).isEqualTo(5);
    management.switches = Map.of();
    assertThat(cli.run("status", "--strict")).isZero();
  }

  @Test
  void status_tierSkipped_namesNodeTierAndStore() {
    management.nodes =
        List.of(FakeManagement.node("n1"), FakeManagement.node("n2", NodeView.State.BEHIND, true));

    assertThat(cli.run("status")).isZero();

    assertThat(cli.out)
        .contains("3 things are wrong:")
        .contains("n2 is behind: 3 invalidations wait for a log")
        .contains("n2 skips L2 (redis): its circuit is open, so only a call now and then is tried")
        .contains(
            "What it means for answers:", "nothing older", "within each cache's max-staleness")
        .containsPattern("n2 .* 9  5 timed out, 3 skipped, 1 refused or cut off, last 2 s ago\n");
  }

  @Test
  void status_forPrograms_hasWhatIsWrong() {
    management.switches = Map.of("album", 50);

    assertThat(cli.run("status", "-o", "json")).isZero();
    JsonNode status = JSON.readTree(cli.out).get("status");
    assertThat(status.at("/troubles/0/what").asString())
        .isEqualTo("cache album is switched to 50 % of the keys");
    assertThat(status.get("concerns").isArray()).isTrue();
    assertThat(status.at("/overview/nodes")).hasSize(2);
  }

  @Test
  void cacheGivenAsAnOption_isToldToBeAnArgument() {
    assertThat(cli.run("keys", "--cache=album")).isEqualTo(2);
    assertThat(cli.err)
        .contains(
            "there is no option '--cache=album'",
            "CACHE comes without an option: larder keys CACHE")
        .doesNotContain("Did you mean");
  }

  @Test
  void stats_addsUpTheNodes() {
    assertThat(cli.run("stats", "album")).isZero();

    assertThat(cli.out.lines()).hasSize(2);
    // 2 nodes with 90 hits in L1, 10 in L2 and 10 misses each.
    assertThat(cli.out).containsPattern("album +220 +0.1 +90.9 % +81.8 % +9.1 %");
    assertThat(cli.out).endsWith("50 %\n");
  }

  @Test
  void stats_ofSeveralCaches_endInATotal_forPeopleAlone() {
    assertThat(cli.run("stats")).isZero();

    assertThat(cli.out.lines()).hasSize(4);
    assertThat(cli.out).containsPattern("total +440 +0.1 +72.7 % +63.6 % +9.1 %");
    assertThat(cli.out.lines().toList().get(3)).doesNotContain("50 %");
    cli.run("stats", "-o", "csv");
    assertThat(cli.out).doesNotContain("total").contains("readsPerSecond");

    cli.run("stats", "--by", "tier");
    assertThat(cli.out.lines()).hasSize(13);
    assertThat(cli.out)
        .containsPattern("total +L1 +280 +63.6 %")
        .containsPattern("total +NONE +120 +27.3 %");
    cli.run("stats", "--by", "tier", "-o", "csv");
    assertThat(cli.out).doesNotContain("total");
  }

  @Test
  void stats_watched_haveTheRateSinceTheLastLook() {
    long started = FakeManagement.NOW - 100_000;
    List<NodeView> first = List.of(node("n1", started, 0, 900), node("n2", started, 0, 900));
    // n2 started anew, and counts from nothing.
    List<NodeView> later =
        List.of(node("n1", started, 2_000, 1_100), node("n2", started + 101_000, 2_000, 50));
    management.nodesInTurn = new ArrayDeque<>(List.of(first, later));

    cli.run("stats", "album", "--watch=1", "--times=2", "-o", "csv");

    assertThat(cli.out.lines().toList().get(1)).startsWith("album,2000,20.0,");
    assertThat(cli.out.lines().toList().get(2)).startsWith("album,1350,250.0,");

    management.nodesInTurn = new ArrayDeque<>(List.of(first, later));
    cli.run("stats", "album", "--watch=1", "--times=2");
    assertThat(cli.out.lines().filter(it -> it.contains("HITS NOW")))
        .as("the first look tells of no time but since the start")
        .hasSize(1);
    // Since the start 1,170 of 1,350, and of the 200 of late all.
    assertThat(cli.out).containsPattern("album +1,350 +250 +86.7 % .* 100 % +100.0 %\n");
  }

  private static NodeView node(String id, long started, long after, long l1Hits) {
    NodeView.CacheView album =
        new NodeView.CacheView(FakeManagement.stats("album", l1Hits, 90), Map.of(), 100);
    return FakeManagement.like(
        FakeManagement.node(id),
        started,
        FakeManagement.NOW + after,
        List.of(),
        List.of(album),
        List.of());
  }

  @Test
  void stats_byTierAndByNode() {
    cli.run("stats", "album", "--by", "tier");
    assertThat(cli.out).containsPattern("album +L1 +180 +81.8 %").containsPattern("NONE +20");

    cli.run("stats", "album", "--by=node");
    assertThat(cli.out).containsPattern("album +n1 +110").containsPattern("album +n2 +110");
  }

  @Test
  void stats_byMeasure_hasQuantilesInTheirUnits() {
    assertThat(cli.run("stats", "album", "--by", "measure")).isZero();
    assertThat(cli.out).containsPattern("load +1,000 +2.0 ms +2.0 ms +2.0 ms +8.0 ms");
    assertThat(cli.out).containsPattern("stored size +1,000 +2.0 MB");
    assertThat(cli.out)
        .endsWith("\nHits in L1 and ages are those of one get in 256; hits of getAll, and of"
            + " asynchronous reads, are not measured in L1.\n");
    cli.run("stats", "album", "--by", "measure", "-o", "csv");
    assertThat(cli.out).doesNotContain("getAll");

    assertThat(cli.run("stats", "--by", "measure")).isEqualTo(2);
    assertThat(cli.err).contains("larder stats CACHE --by measure");
  }

  @Test
  void stats_byRoute_saysWhy_andMarksWhatIsNotInTheKey() {
    assertThat(cli.run("stats", "--by", "route")).isZero();
    assertThat(cli.out)
        .containsPattern("album\\(long\\) /albums/\\{id} +110 +93 +10 +5 +40 +4 +7 +12")
        .contains("reads what is not in the key: 4 × header X-Forwarded-Host")
        .contains("bypassed: 7 × the visitor is logged in");
    cli.run("stats", "--by", "route", "-o", "json");
    assertThat(JSON.readTree(cli.out).get("routes").get(0).get("unkeyed").toString())
        .isEqualTo("{\"header X-Forwarded-Host\":4}");
  }

  @Test
  void stats_byEndpoint_andNotOfOneCache() {
    assertThat(cli.run("stats", "--by", "endpoint")).isZero();
    assertThat(cli.out)
        .containsPattern(
            "GET /albums/\\{id} +10 +90.0 % +40 +30 +20 +10 +200.0 µs +800.0 µs +9.0 ms");
    assertThat(cli.run("stats", "album", "--by", "endpoint")).isEqualTo(2);
    assertThat(cli.err).contains("--by endpoint takes no CACHE");
  }

  @Test
  void stats_unknownCache_namesTheNearest() {
    assertThat(cli.run("stats", "albun")).isEqualTo(3);

    assertThat(cli.out).isEmpty();
    assertThat(cli.err.lines())
        .containsExactly(
            "larder stats: there is no cache 'albun'",
            "  why:  the caches are album, session",
            "  next: did you mean album?");
  }

  @Test
  void stats_watchedWithoutATerminal_printsOneAfterAnother() {
    assertThat(cli.run("stats", "--watch=1", "--times=2", "-o", "ndjson")).isZero();

    assertThat(cli.out.lines()).hasSize(4);
  }

  @Test
  void json_hasASchemaAndTheContentUnderItsName() {
    cli.run("stats", "-o", "json");

    JsonNode read = JSON.readTree(cli.out);
    assertThat(read.get("schema").asInt()).isEqualTo(1);
    assertThat(read.get("caches").size()).isEqualTo(2);
    assertThat(read.get("caches").get(0).get("l1Hits").asLong()).isEqualTo(180);
  }

  @Test
  void ndjson_isAnObjectPerRow() {
    cli.run("stats", "-o", "ndjson");

    List<String> lines = cli.out.lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(1)).get("schema").asInt()).isEqualTo(1);
    assertThat(JSON.readTree(lines.get(1)).get("cache").asString()).isEqualTo("session");
  }

  @Test
  void csv_hasAHeadingAndPlainNumbers() {
    cli.run("stats", "-o", "csv");

    List<String> lines = cli.out.lines().toList();
    assertThat(lines.get(0)).startsWith("cache,lookups,readsPerSecond,hitRatio,");
    assertThat(lines.get(1)).matches("album,220,0\\.06[0-9]*,0\\.9090909.*");
    assertThat(lines).hasSize(3);
  }

  @Test
  void yaml_saysTheSame() {
    cli.run("keys", "-o", "yaml");

    assertThat(cli.out).contains("schema: 1\n", "keys:\n", "shop:album:v1:42");
    assertThat(cli.out).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "ndjson", "csv", "yaml"})
  void keys_withControlCharacters_areShownEscaped(String format) {
    assertThat(cli.run("keys", "-o", format)).isZero();

    assertThat(cli.out).contains("evil").doesNotContain("\u001b").containsIgnoringCase("[2Jkey");
  }

  @Test
  void keys_cutShort_saysSoOnTheOtherStream() {
    cli.run("keys", "--limit", "2");
    assertThat(cli.out.lines()).hasSize(2);
    assertThat(cli.err).contains("There are more; --limit is 2.");

    cli.run("keys", "--limit", "2", "--quiet");
    assertThat(cli.err).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"--limit,0", "--limit,10001", "--output,xml"})
  void keys_outOfRange_isWrongUsage(String option, String value) {
    assertThat(cli.run("keys", option, value)).isEqualTo(2);
    assertThat(cli.err).contains(option, value);
  }

  @Test
  void explain_speaksInWords() {
    assertThat(cli.run("explain", FakeManagement.KEY)).isZero();

    assertThat(cli.out)
        .contains("shop:album:v1:42 of cache album")
        .contains("L1 of n1 fresh for 41 s more, same version")
        .contains("L1 of n2 holds an entry that is not valid any more, so it is never served")
        .contains("L2 (redis) fresh for 41 s more, as of 1-4")
        .containsPattern("loaded by FeedService.feed:88 at \\d\\d:\\d\\d:\\d\\d on n1 in 12.0 ms")
        .containsPattern(
            "what covers it was last invalidated at .* by n2 \\(invalidate tag by ann\\): tag feed")
        .containsPattern(
            "what covers it was invalidated 10 times since .*, as far as nodes remember:"
                + " 7 by tag feed \\(invalidate tag by ann\\), 3 by tag user:42 \\(UserService.rename 2, OutboxRelay 1\\)")
        .contains("would be dropped by tags user:42, feed")
        .contains("no answer in time from n3")
        .contains("load-failed")
        .doesNotContain("failed:");

    management.loadFailure = "SQLException";
    cli.run("explain", FakeManagement.KEY);
    assertThat(cli.out).contains("on n1 in 12.0 ms, which failed: SQLException");
  }

  @Test
  void top_keysAndLoads_printOnceWithoutATerminal() {
    cli.run("top");
    assertThat(cli.out.lines().skip(2).findFirst().orElseThrow())
        .containsPattern("280 +album +shop:album:v1:42");

    cli.run("top", "--loads");
    assertThat(cli.out).containsPattern("2 +1 +2 +12.0 ms .* album +FeedService.feed:88");

    assertThat(cli.run("top", "--keys", "--loads")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"WRONG_QUESTION,2", "FORBIDDEN,1", "NOT_FOUND,3", "REFUSED,1", "UNREACHABLE,4"})
  void failures_endWithTheirCode_inThreeLinesAtMost(Reason reason, int status) {
    management.failure = new ManagementException(reason, "L2 (redis)\u001b[2J does not answer");

    assertThat(cli.run("status")).isEqualTo(status);
    assertThat(cli.out).isEmpty();
    assertThat(cli.err).contains("why:  L2 (redis)\\u001b[2J does not answer");
    assertThat(cli.err.lines().count()).isLessThanOrEqualTo(3);
  }

  @Test
  void colours_onlyOnATerminalThatWantsThem() {
    cli.isTerminal = true;
    cli.environment.put("TERM", "xterm");
    cli.run("status");
    assertThat(cli.out).contains("\u001b[32mAll is well.\u001b[0m");

    cli.run("status", "--no-color");
    assertThat(cli.out).doesNotContain("\u001b");

    cli.environment.put("NO_COLOR", "1");
    cli.run("status");
    assertThat(cli.out).doesNotContain("\u001b");
  }

  @Test
  void help_ofEachCommand_listsTheExitCodes() {
    LarderCommand.commandLine().getSubcommands().keySet().stream()
        .filter(it -> !List.of("demo", "setup", "completion", "complete").contains(it))
        .forEach(it -> {
          assertThat(cli.run(it, "--help")).isZero();
          assertThat(cli.out)
              .as(it)
              .contains("Exit codes:", "unreachable", "interrupted", "--url", "--output");
        });
  }
}
