package dev.larder.showcase.halfnote.cache;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.showcase.halfnote.Tables;
import dev.larder.showcase.halfnote.action.Commit;
import dev.larder.showcase.halfnote.action.ListActions;
import dev.larder.showcase.halfnote.action.ProfileActions;
import dev.larder.showcase.halfnote.action.ReviewActions;
import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.catalogue.CatalogueServer;
import dev.larder.showcase.halfnote.source.OptimisedReads;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.trace.CountedDataSource;
import dev.larder.showcase.trace.TraceLookups;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Halfnote without its web face, on a data set of its own. */
final class World implements AutoCloseable {
  private final HikariDataSource pool = new HikariDataSource();
  final JdbcClient jdbc;
  final Reads source;
  final Larder larder;
  private final AnnotatedReads caches;
  final CachedReads cached;
  final SocialActions social;
  final ReviewActions reviews;
  final ListActions lists;
  final ProfileActions profiles;
  private final CatalogueServer catalogue;

  /** A world whose larder has the tiers that {@code tiers} gives it. */
  World(UnaryOperator<LarderBuilder> tiers) {
    try {
      catalogue = new CatalogueServer(Tables.catalogue(0.002), Duration.ZERO, 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    pool.setDataSource(Tables.loaded(0.002));
    pool.setMaximumPoolSize(4);
    DataSource counted = CountedDataSource.of(pool);
    jdbc = JdbcClient.create(counted);
    source = new OptimisedReads(jdbc, new CatalogueClient(catalogue.address()));
    // A slow machine must not turn a hit into a miss: what is tested is what was invalidated.
    LarderBuilder builder = Larder.builder()
        .keyPrefix("world")
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .startTimeout(Duration.ofSeconds(20))
        .listener(new TraceLookups());
    larder = tiers.apply(builder).build();
    caches = AnnotatedReads.of(larder, source);
    cached = caches.reads();
    Commit commit =
        new Commit(new DataSourceTransactionManager(counted), new Invalidations(larder));
    social = new SocialActions(jdbc, commit);
    reviews = new ReviewActions(jdbc, commit);
    lists = new ListActions(jdbc, commit);
    profiles = new ProfileActions(jdbc, commit);
  }

  /** A new user with this name, who has done nothing. */
  long user(String name) {
    return jdbc.sql("INSERT INTO halfnote.users (username, display_name, avatar)"
            + " VALUES (?, ?, 'disc-1') RETURNING id")
        .param(name)
        .param("The " + name)
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    caches.close();
    larder.close();
    catalogue.close();
    pool.close();
  }
}
