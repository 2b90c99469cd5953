package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.manage.Aim;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Preview;
import dev.larder.memory.MemoryStore;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators are told before they end something. */
class PreviewTest {

  private static final int MANY = 201_000;
  private static final Duration LIFE = Duration.ofHours(1);

  private Lab lab = new Lab(Layout.L1_L2);

  @AfterEach
  void close() {
    lab.close();
  }

  private static Aim cache(String name) {
    return new Aim(Aim.Kind.CACHE, List.of(name));
  }

  @Test
  void countThatStopped_saysWhere() {
    lab.l2.close();
    lab.l2 = MemoryStore.builder()
        .name("lab-l2")
        .maxEntries(2 * MANY)
        .clock(lab.time::millis)
        .scheduler(lab.scheduler)
        .build();
    Management management = lab.node().larder.management();
    Map<String, Long> nonces = new HashMap<>();
    Map<String, Tier.Fill> fills = new HashMap<>();
    for (int id = 0; id < MANY; id++) {
      String slot = "lab:album:v1:" + id + "L";
      nonces.put(slot, 1L);
      fills.put(slot, new Tier.Fill(2, new byte[0], LIFE));
    }
    Lab.done(lab.l2.tier().plantAll(nonces, LIFE));
    Lab.done(lab.l2.tier().fillAll(nonces, fills));

    Preview preview = management.preview(cache("album"));
    assertThat(preview.entries()).isEqualTo(200_000);
    assertThat(preview.isExact()).isFalse();
    assertThat(preview.reasons())
        .containsExactly("counting stopped after 200,000 keys, and there are more");
  }

  @Test
  void countThatIsWhole_hasNoReasons() {
    Lab.Node node = lab.node();
    node.get();
    Preview preview = node.larder.management().preview(cache("album"));
    assertThat(preview.entries()).isEqualTo(1);
    assertThat(preview.isExact()).isTrue();
    assertThat(preview.reasons()).isEmpty();
  }

  @Test
  void keyOfACacheThatNobodyHas_isNotFound() {
    lab.close();
    lab = new Lab(Layout.L1);
    Management management = lab.node().larder.management();
    Aim aim = new Aim(Aim.Kind.KEY, List.of("lab:albun:v1:1L"));
    assertThatThrownBy(() -> management.preview(aim))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("no cache 'albun'; there are album");
  }

  /** Others, which cannot be asked, may have such a cache, and its keys can be ended all the same. */
  @Test
  void keyOfACacheThatThisNodeDoesNotHave_isTaken_whereOthersCannotBeSeen() {
    Lab.Node node = lab.node();
    node.get();
    node.l2.down();
    lab.scheduler.advance(Duration.ofSeconds(2));
    Aim aim = new Aim(Aim.Kind.KEY, List.of("lab:albun:v1:1L"));
    Preview preview = node.larder.management().preview(aim);
    assertThat(preview.entries()).isZero();
    assertThat(preview.isExact()).isFalse();
    assertThat(preview.reasons()).singleElement().asString().startsWith("L2 (lab-l2) does not");
  }
}
