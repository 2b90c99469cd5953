package dev.larder.integration;

import static dev.larder.integration.Site.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Acknowledgement;
import dev.larder.CachePolicyBuilder;
import dev.larder.CacheTier;
import dev.larder.LarderBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Redis dies right after an invalidation and comes back without data, while the database tier has rows
 * from before: neither of the two may bring one old value back.
 */
class RedisLossIT {

  private static final List<Place> PLACES =
      IntStream.range(0, 1_000).mapToObj(i -> new Place("eu", i)).toList();
  private static final List<Place> FIRST = PLACES.subList(0, 500);

  /** One invalidation that covers all places. */
  enum Sweep {
    KEYS((node, places) -> node.cache().invalidateAll(places)),
    TAG((node, places) -> node.larder().invalidateTags("region:eu")),
    PREFIX((node, places) -> node.cache().invalidatePrefix("eu")),
    CACHE((node, places) -> node.cache().clear()),
    ALL((node, places) -> node.larder().clear());

    private final BiFunction<Node, List<Place>, Acknowledgement> end;

    Sweep(BiFunction<Node, List<Place>, Acknowledgement> end) {
      this.end = end;
    }
  }

  private static Node start(Site site, CachePolicyBuilder<Place, String> policy) {
    LarderBuilder builder =
        site.builder().startTimeout(Duration.ofSeconds(2)).maxDatabaseEntries(2 * PLACES.size());
    return site.node(builder, policy.build());
  }

  private static Node start(Site site) {
    return start(site, Site.policy());
  }

  private static void areNew(Site site, Node node, List<Place> places) {
    for (Place place : places) {
      assertThat(node.get(place)).isEqualTo(site.source().now(place));
    }
  }

  private static void areNew(Site site, Node node, List<Place> places, Acknowledgement done) {
    for (Place place : places) {
      assertThat(node.getAtLeast(done, place)).isEqualTo(site.source().now(place));
    }
  }

  private static int rows(Site site) throws SQLException {
    try (Connection connection = DriverManager.getConnection(site.databaseUrl());
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT count(*) FROM larder.entry WHERE body IS NOT NULL")) {
      count.next();
      return count.getInt(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void invalidate_thenRedisIsLost_bringsNothingOldBack(Sweep sweep) throws SQLException {
    try (Site site = Site.of(Layout.REDIS_DATABASE)) {
      Node a = start(site);
      Node b = start(site);
      Node below = start(site, Site.policy().tiers(CacheTier.L2, CacheTier.DATABASE));
      // The database tier is filled where L2 is absent or away.
      Node withoutRedis = start(site, Site.policy().tiers(CacheTier.DATABASE));
      areNew(site, withoutRedis, PLACES);
      assertThat(rows(site)).isEqualTo(PLACES.size());
      areNew(site, a, PLACES);
      areNew(site, b, PLACES);
      assertThat(below.tierOf(PLACES.get(0))).isEqualTo(CacheTier.L2);
      assertThat(withoutRedis.tierOf(PLACES.get(0))).isEqualTo(CacheTier.DATABASE);

      PLACES.forEach(site.source()::change);
      Acknowledgement done = sweep.end.apply(a, PLACES);
      site.redis().kill();
      assertThat(done).isInstanceOf(Acknowledgement.Appended.class);
      // The other half is asked for only when Redis is back.
      areNew(site, a, FIRST);
      areNew(site, b, FIRST, done);
      areNew(site, below, FIRST, done);
      areNew(site, start(site), FIRST);

      site.redis().restartEmpty();
      areNew(site, start(site), PLACES);
      areNew(site, a, PLACES);
      areNew(site, b, PLACES, done);
      areNew(site, below, PLACES, done);
      for (Node node : List.of(a, b, below)) {
        eventually().until(() -> node.uses(CacheTier.L2));
        areNew(site, node, PLACES);
      }
      areNew(site, start(site), PLACES);
    }
  }
}
