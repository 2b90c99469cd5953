package dev.larder.showcase.halfnote;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.halfnote.action.Commit;
import dev.larder.showcase.halfnote.action.ListActions;
import dev.larder.showcase.halfnote.action.ProfileActions;
import dev.larder.showcase.halfnote.action.ReviewActions;
import dev.larder.showcase.halfnote.action.SocialActions;
import dev.larder.showcase.halfnote.cache.Invalidations;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.catalogue.CatalogueFile;
import dev.larder.showcase.halfnote.catalogue.CatalogueFileException;
import dev.larder.showcase.halfnote.catalogue.CatalogueServer;
import dev.larder.showcase.halfnote.catalogue.GeneratedCatalogue;
import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.halfnote.source.NaiveReads;
import dev.larder.showcase.halfnote.source.OptimisedReads;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import java.io.IOException;
import java.util.Objects;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Puts Halfnote together, from the source upwards. */
@Configuration(proxyBeanMethods = false)
class HalfnoteConfiguration {

  @Bean
  Catalogue catalogue(HalfnoteSettings settings) {
    if (settings.catalogue() == null) {
      return new GeneratedCatalogue(DataSet.albumsAt(settings.scale()), settings.seed());
    }
    try {
      return CatalogueFile.read(settings.catalogue());
    } catch (CatalogueFileException e) {
      throw new StartFailure(
          Objects.toString(e.getMessage()),
          "Correct the file or halfnote.catalogue, or leave it out for invented albums.",
          e);
    }
  }

  @Bean
  CatalogueServer catalogueServer(Catalogue catalogue, HalfnoteSettings settings) {
    try {
      return new CatalogueServer(catalogue, settings.catalogueLatency(), settings.cataloguePort());
    } catch (IOException e) {
      throw new StartFailure(
          "halfnote.catalogue-port is "
              + settings.cataloguePort()
              + ", which cannot be had: "
              + e.getMessage()
              + ".",
          "Choose another port, or 0 for any free one.",
          e);
    }
  }

  @Bean
  CatalogueClient catalogueClient(CatalogueServer server) {
    return new CatalogueClient(server.address());
  }

  /** Fills the tables before the web server opens its port. */
  @Bean
  LoadedData loadedData(
      HikariDataSource pool, Catalogue catalogue, HalfnoteSettings settings, Announcer announcer) {
    return LoadedData.ensure(pool, catalogue, settings, announcer);
  }

  @Bean
  NaiveReads naiveReads(JdbcClient jdbc, CatalogueClient catalogue) {
    return new NaiveReads(jdbc, catalogue);
  }

  @Bean
  OptimisedReads optimisedReads(JdbcClient jdbc, CatalogueClient catalogue) {
    return new OptimisedReads(jdbc, catalogue);
  }

  @Bean
  Commit commit(PlatformTransactionManager transactions, Invalidations invalidations) {
    return new Commit(transactions, invalidations);
  }

  @Bean
  SocialActions socialActions(JdbcClient jdbc, Commit commit) {
    return new SocialActions(jdbc, commit);
  }

  @Bean
  ReviewActions reviewActions(JdbcClient jdbc, Commit commit) {
    return new ReviewActions(jdbc, commit);
  }

  @Bean
  ListActions listActions(JdbcClient jdbc, Commit commit) {
    return new ListActions(jdbc, commit);
  }

  @Bean
  ProfileActions profileActions(JdbcClient jdbc, Commit commit) {
    return new ProfileActions(jdbc, commit);
  }

  @Bean
  ApplicationRunner firstRequests(HalfnoteSettings settings, Environment environment) {
    // Runs when requests are answered, and before the process says so.
    return arguments -> {
      if (settings.warmUp()) {
        new FirstRequests(url(environment)).send();
      }
    };
  }

  private static String url(Environment environment) {
    return "http://"
        + environment.getProperty("server.address", "127.0.0.1")
        + ":"
        + environment.getProperty("local.server.port", "8080")
        + "/halfnote";
  }
}
