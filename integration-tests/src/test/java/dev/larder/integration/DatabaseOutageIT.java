package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.CacheTier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL fails and comes back, with Redis beside it, without it, and together with it. */
class DatabaseOutageIT {

  private static final Place PLACE = new Place("eu", 1);
  private static final Place OTHER = new Place("us", 2);

  private static void awaitUse(CacheTier tier, Node... nodes) {
    for (Node node : nodes) {
      eventually().until(() -> node.uses(tier));
    }
  }

  @Test
  void invalidate_whileTheDatabaseIsDead_isDeferredAndHoldsEverywhereAfterwards() {
    try (Site site = Site.withOwnDatabase(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      for (Ending ending : Ending.values()) {
        a.get(PLACE);
        b.get(PLACE);
        b.get(OTHER);
        site.postgreSql().kill();
        assertThat(b.get(OTHER)).as("reads go on").isEqualTo(site.source().now(OTHER));
        String changed = site.source().change(PLACE);
        Acknowledgement done = ending.end(a, PLACE);
        assertThat(done).isInstanceOf(Acknowledgement.Deferred.class);
        assertThat(a.get(PLACE)).isEqualTo(changed);
        // Redis took it at once, so whoever follows Redis learns of it.
        eventually().until(() -> b.get(PLACE).equals(changed));
        assertThat(a.get(OTHER)).isEqualTo(site.source().now(OTHER));

        site.postgreSql().restart();
        Site.settled(a);
        Site.settled(b);
        assertThat(a.get(PLACE)).isEqualTo(changed);
        assertThat(b.get(PLACE)).isEqualTo(changed);
        awaitUse(CacheTier.DATABASE, a, b);
      }
      assertThat(site.node().get(PLACE)).isEqualTo(site.source().now(PLACE));
    }
  }

  @Test
  void invalidate_whileTheDatabaseIsPaused_doesNotHangAndHolds() {
    try (Site site = Site.withOwnDatabase(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      b.get(PLACE);
      site.postgreSql().pause();
      String changed = site.source().change(PLACE);
      Acknowledgement done = a.larder().invalidateTags("id:1");
      assertThat(done).isInstanceOf(Acknowledgement.Deferred.class);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      assertThat(a.get(OTHER)).isEqualTo(site.source().now(OTHER));
      eventually().until(() -> b.get(PLACE).equals(changed));
      site.postgreSql().resume();
      Site.settled(a);
      Site.settled(b);
      assertThat(b.get(PLACE)).isEqualTo(changed);
      assertThat(a.get(PLACE)).isEqualTo(changed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void invalidate_withTheDatabaseAlone_isDeferredWhileItIsDead(Ending ending) {
    try (Site site = Site.withOwnDatabase(Layout.DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      b.get(PLACE);
      site.postgreSql().kill();
      String changed = site.source().change(PLACE);
      assertThat(ending.end(a, PLACE)).isInstanceOf(Acknowledgement.Deferred.class);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      assertThat(a.get(OTHER)).isEqualTo(site.source().now(OTHER));
      site.postgreSql().restart();
      eventually().until(() -> {
        assertThat(a.get(PLACE)).isEqualTo(changed);
        return a.larder().waitingInvalidations() == 0;
      });
      Site.settled(b);
      assertThat(b.get(PLACE)).isEqualTo(changed);
    }
  }

  @Test
  void get_whileBothAreDead_loadsFromTheSourceWithoutAnError() {
    try (Site site = Site.withOwnDatabase(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      Node b = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      site.redis().kill();
      site.postgreSql().kill();
      Node late = site.node(site.impatient(), Site.policy().build());
      String changed = site.source().change(PLACE);
      assertThat(a.larder().invalidateTags("id:1")).isInstanceOf(Acknowledgement.Deferred.class);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      for (Node node : List.of(a, b, late)) {
        for (int i = 0; i < 50; i++) {
          Place place = new Place("both", i);
          assertThat(node.get(place)).isEqualTo(site.source().now(place));
        }
      }
      // L1 confirms nothing meanwhile, so that each read asks the source.
      eventually().until(() -> {
        int loads = site.source().loads();
        late.get(PLACE);
        return site.source().loads() == loads + 1;
      });
      site.postgreSql().restart();
      site.redis().startAgain();
      awaitUse(CacheTier.L2, a, b, late);
      awaitUse(CacheTier.DATABASE, a, b, late);
      Site.settled(a);
      for (Node node : List.of(a, b, late)) {
        Site.settled(node);
        assertThat(node.get(PLACE)).isEqualTo(changed);
      }
    }
  }

  @Test
  void build_whileTheDatabaseIsDead_takesItInLater() {
    try (Site site = Site.withOwnDatabase(Layout.REDIS_DATABASE)) {
      Node a = site.node(site.impatient(), Site.policy().build());
      a.get(PLACE);
      site.postgreSql().kill();
      Node late = site.node(site.impatient(), Site.policy().build());
      assertThat(late.get(PLACE)).isEqualTo(site.source().now(PLACE));
      String changed = site.source().change(PLACE);
      late.cache().invalidate(PLACE);
      assertThat(late.get(PLACE)).isEqualTo(changed);
      site.postgreSql().restart();
      awaitUse(CacheTier.L2, a, late);
      awaitUse(CacheTier.DATABASE, a, late);
      Site.settled(late);
      Site.settled(a);
      assertThat(a.get(PLACE)).isEqualTo(changed);
      assertThat(late.get(PLACE)).isEqualTo(changed);
    }
  }
}
