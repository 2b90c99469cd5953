package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.connect.HttpManagement;
import dev.larder.manage.Trial;
import dev.larder.manage.TrialPlan;
import dev.larder.manage.Trials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialCommandTest {

  private final FakeManagement management = new FakeManagement();
  private final Cli cli = Cli.of(management);

  @Test
  void alone_showsArmsAndWhatTheySay() {
    assertThat(cli.run("trial", "album")).isZero();
    assertThat(cli.out.lines().map(line -> line.replaceAll(" +", " ").strip()))
        .contains(
            "ARM TTL KEYS READS HIT RATE LOADS LOAD TIME AGE AT HIT P95 IN L1",
            "control 5 min 90 % 12,345 90.4 % 1,188 4.0 s 2 min 1 s 4 min 10 s 800",
            "A 1 min 10 % 1,371 71.2 % 395 900.0 ms - - -",
            "album: ttl 5 min → 1 min: fewer hits, hit rate 90.4 → 71.2 %, −19.2 points (95 %: −22.1"
                + " to −16.3)");
    assertThat(cli.out).contains("album: trial by ann, counted since", "on 2 nodes");

    assertThat(cli.run("trial", "-o", "json")).isZero();
    assertThat(cli.out).contains("\"trials\"", "\"verdict\"", "FEWER_HITS");
    assertThat(cli.run("trial", "-o", "csv")).isZero();
    assertThat(cli.out)
        .startsWith("cache,state,arm,ttlMillis,share,reads,hitRate,loads,loadNanos,meanAgeMillis,"
            + "p95AgeMillis,l1Entries\nalbum,counting,control,300000,90,12345,0.904,1188");
  }

  @Test
  void alone_whereThereIsNone_saysHowToStartOne() {
    management.trials.all = List.of();
    assertThat(cli.run("trial")).isZero();
    assertThat(cli.err).contains("No trial runs", "--ttl TIME starts one");
    assertThat(cli.run("trial", "session")).isZero();
    assertThat(cli.run("trial", "albun")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "trial album --ttl 1m --yes,'trial album [60000] 10 0'",
    "'trial album --ttl 1m,10m --share 20 --for 2h -y','trial album [60000, 600000] 20 7200000'",
    "trial album --end,end album"
  })
  void withYes_isDone(String line, String order) {
    assertThat(cli.run(line.split(" "))).as(cli.err).isZero();
    assertThat(management.orders).containsExactly(order);
    assertThat(cli.out).contains(" done");
  }

  @Test
  void start_asks_andSaysWhatItMeans() {
    assertThat(cli.run("trial", "album", "--ttl", "1m")).isEqualTo(6);
    cli.isTerminal = true;
    cli.in = "n\n";
    assertThat(cli.run("trial", "album", "--ttl", "1m")).isEqualTo(6);
    assertThat(cli.err)
        .contains(
            "A value may be served for longer.",
            "Start a trial of album on all nodes: ttl 1 min for 10 %, 5 min for 90 % of its keys, for"
                + " 1 h; it counts after 5 min? [y/N]");
    assertThat(management.orders).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trial album --ttl 1m -n", "trial album --ttl 1m -n -y", "trial album --end -n"})
  void dryRun_changesNothing(String line) {
    assertThat(cli.run(line.split(" "))).isZero();
    assertThat(management.orders).isEmpty();
    assertThat(cli.err).contains("Nothing was changed.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trial --ttl 1m",
        "trial --end",
        "trial album --ttl 1m --end",
        "trial album --ttl soon",
        "trial album --ttl 1m --for soon",
        "trial album --ttl 1m --share many",
        "trial album --share 20",
        "trial album --for 1h",
        "trial album --ttl 1m --share 91 --yes"
      })
  void wrongUsage_endsWithTwo(String line) {
    assertThat(cli.run(line.split(" "))).isEqualTo(2);
    assertThat(cli.err).isNotEmpty();
    assertThat(management.orders).isEmpty();
  }

  @Test
  void overHttp_allGoesThroughTheConsolesApi() throws IOException {
    try (FakeApplication application = new FakeApplication()) {
      Trials trials =
          new HttpManagement(URI.create(application.url()), FakeApplication.TOKEN).trials();
      TrialPlan plan = new TrialPlan("album", List.of(60_000L), 10, 7_200_000);
      assertThat(trials.all()).isEqualTo(application.management.trials.all);
      assertThat(trials.preview(plan).state()).isEqualTo(Trial.State.PROPOSED);
      trials.start(plan, "ann");
      trials.end("album", "ann");
      assertThat(application.management.orders)
          .containsExactly("trial album [60000] 10 7200000", "end album");
    }
  }
}
