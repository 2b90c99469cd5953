package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import dev.larder.stats.CostAdvice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdvisorTest {

  private static Advice advice(String cache, Kind kind) {
    return new Advice(cache, kind, cache + " " + kind, Map.of(), 100);
  }

  /** 10,000 lookups, each of which would have taken 1 ms at the source. */
  private static CostAdvice cost(CostAdvice.Verdict verdict, long requests, Duration saved) {
    return new CostAdvice(
        "feed",
        verdict,
        requests,
        0.2,
        Duration.ofMillis(1),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMillis(1),
        saved);
  }

  @Test
  void cacheIsTooDear_onlyByFiguresThatNeitherChanceNorTheBeginningExplains() {
    long tenMinutes = 600_000;
    Duration lost = Duration.ofMillis(-1_000);
    CostAdvice cost = cost(CostAdvice.Verdict.COSTS_MORE, 10_000, lost);
    assertThat(Advisor.isSure(cost, 100, tenMinutes)).isTrue();
    assertThat(Advisor.isSure(cost, 99, tenMinutes)).as("few loads").isFalse();
    assertThat(Advisor.isSure(cost, 8_000, tenMinutes - 1)).as("young").isFalse();
    assertThat(Advisor.isSure(cost, 8_000, 0)).as("of no known age").isFalse();
    assertThat(Advisor.isSure(cost(CostAdvice.Verdict.COSTS_MORE, 999, lost), 800, tenMinutes))
        .as("few lookups")
        .isFalse();
    assertThat(Advisor.isSure(
            cost(CostAdvice.Verdict.COSTS_MORE, 10_000, Duration.ofMillis(-999)),
            8_000,
            tenMinutes))
        .as("a small loss")
        .isFalse();
    assertThat(Advisor.isSure(cost(CostAdvice.Verdict.WORTH_IT, 10_000, lost), 8_000, tenMinutes))
        .isFalse();
  }

  @Test
  void settingsOfACacheThatIsBetterLeftOut_areSaidToExcludeThat() {
    List<Advice> advice = new ArrayList<>(List.of(
        advice("feed", Kind.TTL),
        advice("album", Kind.TTL),
        advice("feed", Kind.COSTS_MORE),
        advice("list", Kind.NEVER_READ),
        advice("list", Kind.COSTS_MORE)));
    Advisor.sayWhatExcludes(advice);
    assertThat(advice)
        .extracting(Advice::sentence)
        .containsExactly(
            "feed TTL",
            "album TTL",
            "feed COSTS_MORE; other settings are advised in case it stays",
            "list NEVER_READ",
            "list COSTS_MORE");
  }
}
