package dev.larder.showcase.algoitny;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.algoitny.data.DataSet;
import dev.larder.showcase.algoitny.data.Invented;
import dev.larder.showcase.data.AnnouncedProgress;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.SchemaLoad;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import java.sql.SQLException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What AlgoItny has beside its own classes. */
@Configuration(proxyBeanMethods = false)
class AlgoItnyConfiguration {
  private static final Logger log = LoggerFactory.getLogger(AlgoItnyConfiguration.class);

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Fills the tables before the web server opens its port. */
  @Bean
  DataSet dataSet(
      HikariDataSource pool, AlgoItnySettings settings, Announcer announcer, Clock clock) {
    DataSet wanted = new DataSet(settings.scale(), settings.seed());
    Progress progress = new AnnouncedProgress("AlgoItny", announcer);
    try {
      boolean loaded = new SchemaLoad(pool, "algoitny", DataSet.class, progress)
          .ensure(
              wanted.description(),
              () -> new Invented(wanted, clock.instant()).write(pool, progress));
      log.info(
          "AlgoItny's data set ({}) {}.", wanted.description(), loaded ? "was loaded" : "is there");
      return wanted;
    } catch (SQLException e) {
      throw new StartFailure(
          "AlgoItny's data set cannot be loaded: " + e.getMessage() + ".",
          "The user of DATABASE_URL must be allowed to create and drop the schema algoitny.",
          e);
    }
  }
}
