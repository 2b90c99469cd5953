package dev.larder.internal.manage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdvisorTest {

  private static Advice advice(String cache, Kind kind) {
    return new Advice(cache, kind, cache + " " + kind, Map.of(), 100);
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
