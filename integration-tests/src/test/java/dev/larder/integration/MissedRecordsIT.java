package dev.larder.integration;

import static dev.larder.integration.FaultSite.seesNodes;
import static dev.larder.integration.FaultSite.slots;
import static dev.larder.integration.FaultSite.verify;
import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.integration.FaultSite.Member;
import dev.larder.manage.NodeView;
import dev.larder.manage.Verification;
import dev.larder.testkit.TcpProxy;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that never come to a node: lost on the way, or made while its link was cut. A node that minds
 * them serves nothing of what they ended, and checks find nothing. One that does not mind is found out,
 * each key of it.
 */
@Timeout(120)
class MissedRecordsIT extends OnRedis {

  private static final long KEYS = 500;

  private final FaultSite site = opened.add(new FaultSite(redis));
  private final Albums albums = new Albums(KEYS);

  /** All are changed, and their entries ended by this node. */
  private void changeAll(Member writer, String version) {
    albums.commitAll(version);
    for (long id = 0; id < KEYS; id++) {
      writer.end(id);
    }
  }

  private void allRead(Member node, String version) {
    for (long id = 0; id < KEYS; id++) {
      assertThat(albums.read(node, id)).isEqualTo(version);
    }
  }

  private static boolean isUnsure(Member node) {
    return node.larder().self().state() == NodeView.State.UNSURE;
  }

  private static boolean isInL1(Member node, long id) {
    return node.cache().get(id) instanceof Lookup.Hit<String> hit && hit.tier() == CacheTier.L1;
  }

  private static Set<String> all(Member node) {
    Set<String> all = new TreeSet<>();
    for (long id = 0; id < KEYS; id++) {
      all.add(node.slot(id));
    }
    return all;
  }

  /** One push in a hundred is lost: the chain of records shows the gap, and the node reads it itself. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lostRecords_areNoticed_andNothingIsStale(boolean inReadsToo) {
    LossyStore lossy = new LossyStore(
        site.redisStore(), inReadsToo, record -> record.position().sequence() % 100 == 50);
    Member one = site.node(Layout.REDIS);
    Member two = site.node(Layout.REDIS, lossy, builder -> {});
    seesNodes(one.larder(), 2);
    albums.readAll(one, two);
    // What a heartbeat has read before it was pushed is not lost: again, until some were.
    for (int round = 2; round == 2 || lossy.lost() == 0; round++) {
      changeAll(one, "v" + round);
      assertThat(two.larder().catchUp().toCompletableFuture().join()).isTrue();
      allRead(two, "v" + round);
    }
    verify(one.larder(), verification -> {
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.sampled()).isGreaterThan(KEYS / 3);
    });
    assertThat(two.larder().self().stale()).isZero();
  }

  /** What Larder does about a cut link: L1 is not served until all that was missed has been applied. */
  @Test
  void cutLink_isMinded_andNothingIsStale() {
    try (TcpProxy proxy = TcpProxy.to(redis.port())) {
      Member one = site.node(Layout.REDIS);
      Member two = site.node(Layout.REDIS, site.redisStore(proxy.port()), builder -> {});
      seesNodes(one.larder(), 2);
      albums.readAll(one, two);
      assertThat(isInL1(two, 0)).isTrue();

      proxy.refuse();
      changeAll(one, "v2");
      eventually().until(() -> isUnsure(two));
      proxy.resume();
      eventually().until(() -> !isUnsure(two));

      allRead(two, "v2");
      seesNodes(one.larder(), 2);
      verify(one.larder(), verification -> {
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.changes()).isGreaterThanOrEqualTo(KEYS);
      });
      assertThat(two.larder().self().stale()).isZero();
    }
  }

  /** A node that takes itself for current while it hears of nothing, and goes on as if it had heard. */
  @Test
  void nodeThatDoesNotMindACutLink_isFoundOut_eachKey() {
    Member one = site.node(Layout.REDIS);
    BlindStore blind = new BlindStore(site.redisStore());
    Member two = site.node(Layout.REDIS, blind, builder -> {});
    seesNodes(one.larder(), 2);
    albums.readAll(one, two);
    Set<String> all = all(two);

    blind.cut();
    changeAll(one, "v2");
    assertThat(albums.read(two, 1)).as("the fault is there").isEqualTo("v1");
    foundInL1OfTwo(one.larder(), two, all);
    foundInL1OfTwo(site.operator(), two, all);

    blind.back();
    one.larder().invalidateTags("of:nobody");
    assertThat(two.larder().catchUp().toCompletableFuture().join()).isTrue();
    assertThat(albums.read(two, 1)).as("the fault is still there").isEqualTo("v1");
    foundInL1OfTwo(one.larder(), two, all);
    foundInL1OfTwo(site.operator(), two, all);
    assertThat(one.larder().self().stale()).isZero();

    two.larder().clear();
    allRead(two, "v2");
    verify(one.larder(), verification -> assertThat(verification.findings()).isEmpty());
  }

  private static void foundInL1OfTwo(Larder asking, Member two, Set<String> all) {
    Verification found =
        verify(asking, verification -> assertThat(slots(verification)).isEqualTo(all));
    assertThat(found.stale()).isEqualTo(KEYS);
    assertThat(found.findings())
        .allSatisfy(each -> assertThat(each.where()).isEqualTo("L1 of node " + two.id()));
  }
}
