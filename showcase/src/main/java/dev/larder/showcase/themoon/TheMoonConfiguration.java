package dev.larder.showcase.themoon;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.data.AnnouncedProgress;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import dev.larder.showcase.themoon.cache.Warming;
import dev.larder.showcase.themoon.data.MoonData;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What happens at the start. */
@Configuration(proxyBeanMethods = false)
class TheMoonConfiguration {
  private static final Logger logger = LoggerFactory.getLogger(TheMoonConfiguration.class);

  /** Fills the tables before the web server opens its port. */
  @Bean
  MoonData moonData(HikariDataSource pool, TheMoonSettings settings, Announcer announcer) {
    MoonData data = new MoonData(settings.scale(), settings.seed());
    try {
      boolean loaded = data.ensure(pool, new AnnouncedProgress("TheMoon", announcer));
      logger.info(
          "TheMoon's data set ({}) {}.", data.description(), loaded ? "was loaded" : "is there");
      return data;
    } catch (SQLException e) {
      throw new StartFailure(
          "TheMoon's data set cannot be loaded: " + e.getMessage() + ".",
          "The user of DATABASE_URL must be allowed to create and drop the schema themoon.",
          e);
    }
  }

  @Bean
  ApplicationRunner warmUp(TheMoonSettings settings, Warming warming) {
    return arguments -> {
      if (settings.warmUp()) {
        warming.popular();
      }
    };
  }
}
