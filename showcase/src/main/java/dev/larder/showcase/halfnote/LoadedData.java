package dev.larder.showcase.halfnote;

import dev.larder.showcase.data.AnnouncedProgress;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.halfnote.data.DataSetLoader;
import dev.larder.showcase.start.Announcer;
import dev.larder.showcase.start.StartFailure;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that the tables hold the data set asked for.
 *
 * @param description the data set
 * @param loadedNow whether it was loaded at this start
 */
record LoadedData(String description, boolean loadedNow) {
  private static final Logger log = LoggerFactory.getLogger(LoadedData.class);

  /**
   * Makes it so.
   *
   * @throws StartFailure if the database refuses
   */
  static LoadedData ensure(
      DataSource pool, Catalogue catalogue, HalfnoteSettings settings, Announcer announcer) {
    DataSet wanted = new DataSet(settings.scale(), settings.seed(), catalogue.fingerprint());
    try {
      boolean loaded = new DataSetLoader(pool, new AnnouncedProgress("Halfnote", announcer))
          .load(wanted, catalogue);
      log.info(
          "Halfnote's data set ({}) {}.", wanted.description(), loaded ? "was loaded" : "is there");
      return new LoadedData(wanted.description(), loaded);
    } catch (SQLException e) {
      throw new StartFailure(
          "Halfnote's data set cannot be loaded: " + e.getMessage() + ".",
          "The user of DATABASE_URL must be allowed to create and drop the schema halfnote.",
          e);
    }
  }
}
