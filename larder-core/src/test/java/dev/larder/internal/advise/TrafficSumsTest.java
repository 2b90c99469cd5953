package dev.larder.internal.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.manage.Advice;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several nodes have seen, together. */
class TrafficSumsTest {

  private static final long TTL = 300_000;

  private static CacheTraffic node(int reads) {
    Model model = new Model(new Model.Clock(), TTL, 0);
    for (int i = 0; i < reads; i++) {
      model.sampler.stored(model.entry(1_000 + i, "v"), true, true, 0);
      model.read(i % 3);
      model.clock.advance(1_000);
    }
    model.clock.advance(TTL);
    return Study.of("album", model.terms(), model.trace()).with(List.of());
  }

  private static CacheTraffic sum(CacheTraffic... all) {
    List<CacheTraffic> sums = TrafficSums.byCache(List.of(all));
    assertThat(sums).hasSize(1);
    return sums.get(0);
  }

  @Test
  void age_isThatOfTheYoungestNodeThatWasAsked() {
    CacheTraffic old = node(500);
    CacheTraffic young = node(250);
    assertThat(young.ageMillis()).isPositive().isLessThan(old.ageMillis());
    assertThat(sum(old, young).ageMillis()).isEqualTo(young.ageMillis());
    CacheTraffic idle = Study.of("album", old.terms(), new Model(new Model.Clock(), TTL, 0).trace())
        .with(List.of());
    assertThat(idle.ageMillis()).isZero();
    assertThat(sum(old, idle).ageMillis()).isEqualTo(old.ageMillis());
    assertThat(sum(idle, old).ageMillis()).isEqualTo(old.ageMillis());
  }

  /** A node does not know what others read of it. */
  @Test
  void unreadEntriesOfSeveralNodes_areSaidToBeSoWhereTheyWereFilled() {
    CacheTraffic one = node(450);
    assertThat(unread(one)).contains("; 450 of these 450 were").doesNotContain("on the node");
    assertThat(unread(sum(one, node(250))))
        .contains("and their end, on the node that filled them; 700 of these 700 were written");
  }

  private static String unread(CacheTraffic traffic) {
    return SampledAdvice.of(traffic).stream()
        .filter(each -> each.kind() == Advice.Kind.NEVER_READ)
        .map(Advice::sentence)
        .findFirst()
        .orElseThrow();
  }
}
