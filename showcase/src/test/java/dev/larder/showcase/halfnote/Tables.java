package dev.larder.showcase.halfnote;

import dev.larder.showcase.data.Progress;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.GeneratedCatalogue;
import dev.larder.showcase.halfnote.data.DataSet;
import dev.larder.showcase.halfnote.data.DataSetLoader;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Small data sets for tests. */
public final class Tables {
  /** Albums of a scale. */
  public static Catalogue catalogue(double scale) {
    return new GeneratedCatalogue(DataSet.albumsAt(scale), 7);
  }

  /** A new database with a data set of this scale. */
  public static DataSource loaded(double scale) {
    DataSource database = EmbeddedPostgreSql.shared().newDatabase().dataSource();
    try {
      Catalogue catalogue = catalogue(scale);
      new DataSetLoader(database, Progress.SILENT)
          .load(new DataSet(scale, 7, catalogue.fingerprint()), catalogue);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }

  private Tables() {}
}
