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
import dev.larder.testkit.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators are told while a tier does not answer and nobody reads. */
class SilentTierTest {

  private static final String SILENT =
      "L2 (lab-l2) does not answer, so its entries are not counted,"
          + " nor what only other nodes have in L1";

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
    return tier(node);
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

  @Test
  void failures_areToldByKind_andHowLongAgo() {
    lab.options = builder -> builder.tierTimeout(Duration.ofMillis(20));
    Lab.Node other = lab.node();
    assertThat(tier(other).lastFailedAgo()).isNull();
    other.l2.on(Call.TIER_READ).times(1).drop();
    assertThat(read(other, 2)).isEqualTo("v2");
    assertThat(tier(other).timeouts()).isEqualTo(1);

    other.l2.on(Call.TIER_READ).fail();
    for (long id = 3; tier(other).skipped() == 0; id++) {
      assertThat(read(other, id)).isEqualTo("v" + id);
    }
    lab.time.advance(Duration.ofSeconds(3));

    TierStats told = tier(other);
    assertThat(told.timeouts()).isEqualTo(1);
    assertThat(told.failures() - told.timeouts() - told.skipped())
        .as("answered with a failure, until the circuit opened")
        .isBetween(2L, 20L);
    assertThat(told.lastFailedAgo()).isEqualTo(Duration.ofSeconds(3));
  }

  private static TierStats tier(Lab.Node node) {
    return node.larder.tiers().get(0);
  }

  private static String read(Lab.Node node, long id) {
    return node.cache.get(id, any -> "v" + id);
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
    if (kind == Aim.Kind.KEY) {
      assertThat(management.preview(aim).reasons()).isEmpty();
    } else {
      assertThat(management.preview(aim).reasons()).containsExactly(SILENT);
    }
  }

  private static Preview exactly(long entries, boolean isExact) {
    return new Preview(
        entries, isExact, List.of(new Preview.CacheCount("album", entries)), List.of(), List.of());
  }

  /** The tier that is silent could have it, or another node's L1. */
  @Test
  void preview_ofAKeyThatIsNotFound_isNoZeroThatIsSure_whileATierIsSilent() {
    Aim aim = new Aim(Aim.Kind.KEY, List.of("lab:album:v1:77"));
    Management management = node.larder.management();
    assertThat(management.preview(aim).isExact()).isTrue();
    silence();
    Preview preview = management.preview(aim);
    assertThat(preview.entries()).isZero();
    assertThat(preview.isExact()).isFalse();
    assertThat(preview.reasons()).containsExactly(SILENT);
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
