package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Larder;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Simulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What other settings would have done with the reads that were sampled. */
class SimulationTest extends AdviceLab {

  @Test
  void simulate_tellsNowAndThen_andChangesNothing() {
    open(Layout.L1_L2, policy().build());
    readInBursts();
    Simulation found = management().simulate("album", Duration.ofSeconds(20), null);
    assertThat(found.sampledReads()).isEqualTo(1_800);
    assertThat(found.sampledShare()).isEqualTo(1);
    assertThat(found.windowMillis()).isBetween(995_000L, 1_005_000L);
    assertThat(found.nodes()).isEqualTo(1);
    assertThat(found.now().ttlMillis()).isEqualTo(300_000);
    assertThat(found.then().ttlMillis()).isEqualTo(20_000);
    assertThat(found.now().hitRate()).isEqualTo(found.replayedHitRate());
    assertThat(found.then().hitRate()).isEqualTo(found.now().hitRate());
    assertThat(found.then().bytes()).isLessThan(found.now().bytes() / 5);
    Simulation shortest = management().simulate("album", Duration.ofMillis(18_750), 3L);
    assertThat(shortest.then().l1MaxEntries()).isEqualTo(3);
    assertThat(shortest.then().l1HitRate()).isLessThan(shortest.now().l1HitRate());
    assertThat(node.cache.policy().ttl()).isEqualTo(TTL);
  }

  @Test
  void simulate_refusesWhatItCannotTell() {
    open(Layout.L1, policy().l1MaxWeight(1_000, (key, value) -> 1).build());
    Management management = management();
    assertThatThrownBy(() -> management.simulate("albun", TTL, null))
        .isInstanceOf(ManagementException.class)
        .hasMessageContaining("no cache 'albun'");
    assertThatThrownBy(() -> management.simulate("album", null, null))
        .hasMessageContaining("neither a ttl nor a size");
    assertThatThrownBy(() -> management.simulate("album", Duration.ofSeconds(1), null))
        .hasMessageContaining("ttl: PT1S is shorter than PT18.75S");
    assertThatThrownBy(() -> management.simulate("album", Duration.ofDays(400), null))
        .hasMessageContaining("1 ms to 366 days");
    assertThatThrownBy(() -> management.simulate("album", null, 0L))
        .hasMessageContaining("size: 0 is not 1 or more");
    assertThatThrownBy(() -> management.simulate("album", null, 10L))
        .hasMessageContaining("not counted in entries");
    try (Larder empty = Larder.builder().keyPrefix("empty").build()) {
      assertThatThrownBy(() -> empty.management().simulate("album", TTL, null))
          .isInstanceOf(ManagementException.class);
    }
  }
}
