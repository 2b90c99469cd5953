package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Preview;
import dev.larder.stats.TierStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators are told while a tier does not answer and nobody reads. */
class SilentTierTest {

  private final Lab lab = new Lab(Layout.L1_L2_DATABASE);
  private final Lab.Node node = lab.node();

  @AfterEach
  void close() {
    lab.close();
  }

  private void silence() {
    node.get();
    node.l2.down();
    lab.scheduler.advance(Duration.ofSeconds(2));
  }

  private TierStats l2() {
    return node.larder.tiers().get(0);
  }

  @Test
  void isTold_thoughNoCallHasMetIt_untilItAnswers() {
    assertThat(l2().circuit()).isEqualTo("closed");
    assertThat(l2().isDegraded()).isFalse();
    silence();
    assertThat(l2().circuit()).isEqualTo("no-answer");
    assertThat(l2().isDegraded()).isTrue();
    node.l2.heal();
    lab.scheduler.advance(Duration.ofSeconds(2));
    assertThat(l2().circuit()).isEqualTo("closed");
    assertThat(l2().isDegraded()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Aim.Kind.class)
  void preview_countsWhatL1Has_andSaysThatItIsAPart(Aim.Kind kind) {
    List<String> names = switch (kind) {
      case KEY -> List.of(lab.slot());
      case TAG -> List.of("id:1");
      case PREFIX -> List.of("lab:album:");
      case CACHE -> List.of("album");
      case ALL -> List.of();
    };
    Management management = node.larder.management();
    Aim aim = new Aim(kind, names);
    node.get();
    assertThat(management.preview(aim)).isEqualTo(exactly(1, true));
    lab.database.tier().delete(List.of(lab.slot())).toCompletableFuture().join();
    silence();
    assertThat(management.preview(aim).entries()).isEqualTo(1);
    assertThat(management.preview(aim).isExact()).isEqualTo(kind == Aim.Kind.KEY);
  }

  private static Preview exactly(long entries, boolean isExact) {
    return new Preview(
        entries, isExact, List.of(new Preview.CacheCount("album", entries)), List.of());
  }

  @Test
  void keys_areThoseOfL1Too() {
    node.get();
    lab.database.tier().delete(List.of(lab.slot())).toCompletableFuture().join();
    silence();
    KeyPage page = node.larder.management().keys(new KeyQuery("album", "", 10));
    assertThat(page.keys()).containsExactly(lab.slot());
    assertThat(page.tier()).isEqualTo("DATABASE and L1");
  }

  @Test
  void refusedOrder_isNoAction_andTellsWhy() {
    node.get();
    Management management = node.larder.management();
    assertThatThrownBy(() -> management.refresh(lab.slot(), "op"))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("declares no loader");
    assertThat(management.events(0, 100)).noneMatch(event -> event.kind() == Event.Kind.ACTION);
  }

  @Test
  void unknownCache_isNotFound() {
    assertThatThrownBy(() -> node.larder.management().explain("lab:albums:v1:1"))
        .hasMessageContaining("no cache 'albums'; there are album");
  }
}
