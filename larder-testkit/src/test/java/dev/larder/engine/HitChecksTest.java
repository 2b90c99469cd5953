package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Larder;
import dev.larder.manage.Event;
import dev.larder.manage.FreshnessCount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hits that are compared with the source: what is found, and what is not. */
class HitChecksTest {

  private Lab lab = new Lab(Layout.L1);

  @AfterEach
  void close() {
    lab.close();
  }

  private Lab.Node node(Layout layout) {
    lab = new Lab(layout);
    lab.options = builder -> builder.checkHits(1);
    return lab.node();
  }

  private static List<Event> found(Lab.Node node) {
    return node.larder.management().events(0, 1_000).stream()
        .filter(event -> event.kind() == Event.Kind.STALE_FOUND)
        .toList();
  }

  private void afterASecond() {
    lab.scheduler.runDue();
    lab.time.advance(Duration.ofSeconds(1));
    lab.scheduler.runDue();
  }

  @ParameterizedTest
  @EnumSource(names = {"L1", "L1_L2"})
  void forgottenInvalidation_isFound(Layout layout) {
    Lab.Node node = node(layout);
    node.get();
    lab.commit("v2");
    assertThat(node.get()).isEqualTo("v1");
    afterASecond();
    assertThat(found(node)).singleElement().satisfies(event -> {
      assertThat(event.cache()).isEqualTo("album");
      assertThat(event.subject()).isEqualTo(lab.slot());
    });
  }

  @Test
  void freshHits_findNothing() {
    Lab.Node node = node(Layout.L1_L2);
    for (int i = 0; i < 10; i++) {
      node.get();
      afterASecond();
    }
    assertThat(found(node)).isEmpty();
    assertThat(node.larder.self().freshness())
        .contains(new FreshnessCount(FreshnessCount.Check.HIT, 9, 0));
  }

  /** The writer has committed, and tells in the second before the hit is looked at again. */
  @Test
  void invalidationThatComesInTime_isNoFinding() {
    Lab.Node node = node(Layout.L1_L2);
    node.get();
    lab.commit("v2");
    node.get();
    lab.scheduler.runDue();
    node.larder.invalidateTags("id:1");
    lab.time.advance(Duration.ofSeconds(1));
    lab.scheduler.runDue();
    assertThat(found(node)).isEmpty();
    assertThat(node.get()).isEqualTo("v2");
  }

  @Test
  void shareOutOfRange_isRefused() {
    assertThatThrownBy(() -> Larder.builder().keyPrefix("x").checkHits(1.5).build())
        .hasMessageContaining("checkHits: 1.5 is not 0 to 1");
  }
}
