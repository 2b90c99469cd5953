package dev.larder.showcase.simlane;

import com.zaxxer.hikari.HikariDataSource;
import dev.larder.showcase.data.AnnouncedProgress;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.SchemaLoad;
import dev.larder.showcase.simlane.data.DataSet;
import dev.larder.showcase.simlane.data.Invented;
import dev.larder.showcase.simlane.data.RacingFile;
import dev.larder.showcase.simlane.data.RacingFileException;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** What SimLane has beside its own classes. */
@Configuration(proxyBeanMethods = false)
class SimLaneConfiguration {
  private static final Logger log = LoggerFactory.getLogger(SimLaneConfiguration.class);

  /** Fills the tables before the web server opens its port. */
  @Bean
  DataSet dataSet(HikariDataSource pool, SimLaneSettings settings, Announcer announcer) {
    RacingFile racing = racing(settings);
    DataSet wanted = new DataSet(settings.scale(), settings.seed(), racing.fingerprint());
    Progress progress = new AnnouncedProgress("SimLane", announcer);
    try {
      boolean loaded = new SchemaLoad(pool, "simlane", DataSet.class, progress)
          .ensure(wanted.description(), () -> new Invented(wanted, racing).write(pool, progress));
      log.info(
          "SimLane's data set ({}) {}.", wanted.description(), loaded ? "was loaded" : "is there");
      return wanted;
    } catch (SQLException e) {
      throw new StartFailure(
          "SimLane's data set cannot be loaded: " + e.getMessage() + ".",
          "The user of DATABASE_URL must be allowed to create and drop the schema simlane.",
          e);
    }
  }

  private static RacingFile racing(SimLaneSettings settings) {
    if (settings.racing() == null) {
      return RacingFile.NONE;
    }
    try {
      return RacingFile.read(settings.racing());
    } catch (RacingFileException e) {
      throw new StartFailure(
          Objects.toString(e.getMessage()),
          "Correct the file or simlane.racing, or leave it out for invented drivers alone.",
          e);
    }
  }

  /** The two languages of the pages; anything else is answered in English. */
  @Bean
  LocaleResolver localeResolver() {
    AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
    resolver.setSupportedLocales(List.of(Locale.ENGLISH, Locale.GERMAN));
    resolver.setDefaultLocale(Locale.ENGLISH);
    return resolver;
  }
}
