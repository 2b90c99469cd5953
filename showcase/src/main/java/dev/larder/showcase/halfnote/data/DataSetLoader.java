package dev.larder.showcase.halfnote.data;

import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.CatalogueAlbum;
import dev.larder.showcase.halfnote.data.DataSet.Sizes;
import dev.larder.showcase.start.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the schema {@code halfnote} with a data set, unless it holds that very one.
 *
 * <p>Rows go in by {@code COPY}, one connection per table, into tables without indexes; keys,
 * references and indexes are built afterwards. The row that names the data set is written last: a
 * load that was cut short is seen and done again at the next start. Two processes that start
 * together load once, because the whole is done under an advisory lock.
 */
public final class DataSetLoader {
  private static final Logger log = LoggerFactory.getLogger(DataSetLoader.class);
  private static final long LOCK = 0x68616c666e6f7465L; // "halfnote"

  private final DataSource dataSource;
  private final Progress progress;

  /**
   * A loader into one database.
   *
   * @param dataSource must hand out at least 7 connections at once
   * @param progress hears how far the load is; nothing when the data is there already
   */
  public DataSetLoader(DataSource dataSource, Progress progress) {
    this.dataSource = dataSource;
    this.progress = progress;
  }

  /**
   * Makes the tables hold the data set. One round trip when they already do.
   *
   * @return true if rows were loaded, false if they were there
   * @throws SQLException if the database refuses; the next call begins again from nothing
   * @throws StartFailure if the schema halfnote is somebody else's; it stays as it is
   */
  public boolean load(DataSet wanted, Catalogue catalogue) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (wanted.description().equals(found(connection))) {
        return false;
      }
      execute(connection, "SELECT pg_advisory_lock(" + LOCK + ")");
      try {
        String found = found(connection);
        if (wanted.description().equals(found)) {
          return false;
        }
        if (found != null) {
          log.warn(
              "The schema halfnote holds another data set ({}) than asked for ({}): it is replaced.",
              found,
              wanted.description());
          progress.replaces(found, wanted.description());
        }
        refuseForeignSchema(connection);
        replace(connection, wanted, catalogue);
        return true;
      } finally {
        execute(connection, "SELECT pg_advisory_unlock(" + LOCK + ")");
      }
    }
  }

  private void replace(Connection connection, DataSet wanted, Catalogue catalogue)
      throws SQLException {
    emptyTables(connection);
    Sizes sizes = wanted.sizes(catalogue.size());
    SplittableRandom seeds = new SplittableRandom(wanted.seed());
    users(sizes, seeds.nextLong());
    albums(catalogue);
    history(sizes, seeds.nextLong());
    lists(sizes, seeds.nextLong());
    run(connection, "indexes", "indexes.sql");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO halfnote.data_set (description) VALUES (?)")) {
      insert.setString(1, wanted.description());
      insert.executeUpdate();
    }
  }

  /** At once, so that whatever cuts a load short leaves the table that says whose the schema is. */
  private void emptyTables(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(connection, "DROP SCHEMA IF EXISTS halfnote CASCADE");
      run(connection, "tables", "tables.sql");
      connection.commit();
    } finally {
      // Takes back what was not committed, and lets the next statement be sent.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static void refuseForeignSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT to_regclass('halfnote.data_set') IS NULL"
            + " AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE n.nspname = 'halfnote')")) {
      row.next();
      if (row.getBoolean(1)) {
        throw new StartFailure(
            "The database has a schema halfnote with tables that are not Halfnote's: it has no table"
                + " halfnote.data_set. Nothing in it was changed.",
            "Let DATABASE_URL name another database, or rename that schema.",
            null);
      }
    }
  }

  private void users(Sizes sizes, long seed) throws SQLException {
    Words words = new Words(seed);
    try (Connection connection = dataSource.getConnection()) {
      CopyStream rows = new CopyStream(
          connection,
          "halfnote.users",
          "id",
          "username",
          "display_name",
          "bio",
          "location",
          "avatar",
          "genres",
          "joined_at");
      progress.at("users", 0, sizes.users());
      Instant joined = History.BEGIN.minusSeconds(3L * 365 * 86_400);
      for (int id = 1; id <= sizes.users(); id++) {
        rows.number(id)
            .text(words.username(id))
            .text(words.displayName())
            .text(words.bio())
            .text(words.place())
            .text(words.avatar())
            .words(words.genres())
            .time(joined.plusSeconds(id * 31L))
            .endRow();
      }
      rows.finish();
      progress.at("users", sizes.users(), sizes.users());
    }
  }

  private void albums(Catalogue catalogue) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      CopyStream rows =
          new CopyStream(connection, "halfnote.albums", "id", "catalogue_id", "title", "artist");
      progress.at("albums", 0, catalogue.size());
      for (int i = 0; i < catalogue.size(); i++) {
        CatalogueAlbum album = catalogue.album(i);
        rows.number(i + 1)
            .text(album.id())
            .text(album.title())
            .text(album.artist())
            .endRow();
      }
      rows.finish();
      progress.at("albums", catalogue.size(), catalogue.size());
    }
  }

  private void history(Sizes sizes, long seed) throws SQLException {
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection();
        Connection third = dataSource.getConnection();
        Connection fourth = dataSource.getConnection();
        Connection fifth = dataSource.getConnection()) {
      History.Streams streams = new History.Streams(
          new CopyStream(first, "halfnote.follows", "follower_id", "followee_id", "created_at"),
          new CopyStream(
              second,
              "halfnote.reviews",
              "id",
              "user_id",
              "album_id",
              "rating",
              "text",
              "pinned",
              "created_at"),
          new CopyStream(third, "halfnote.review_likes", "review_id", "user_id", "created_at"),
          new CopyStream(
              fourth,
              "halfnote.review_comments",
              "id",
              "review_id",
              "user_id",
              "text",
              "created_at"),
          new CopyStream(
              fifth,
              "halfnote.activities",
              "id",
              "user_id",
              "target_user_id",
              "activity_type",
              "review_id",
              "comment_id",
              "created_at"));
      new History(sizes, seed).write(streams, progress);
      streams.follows().finish();
      streams.reviews().finish();
      streams.likes().finish();
      streams.comments().finish();
      streams.activities().finish();
    }
  }

  private void lists(Sizes sizes, long seed) throws SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    Words words = new Words(random.nextLong());
    Zipf owners = new Zipf(sizes.users(), 0.4);
    Zipf albums = new Zipf(sizes.albums(), 0.6);
    try (Connection first = dataSource.getConnection();
        Connection second = dataSource.getConnection()) {
      CopyStream lists = new CopyStream(
          first,
          "halfnote.lists",
          "id",
          "user_id",
          "title",
          "description",
          "is_public",
          "updated_at");
      CopyStream items =
          new CopyStream(second, "halfnote.list_items", "list_id", "album_id", "position");
      progress.at("lists", 0, sizes.lists());
      for (int id = 1; id <= sizes.lists(); id++) {
        int owner = 1 + Math.floorMod(owners.draw(random) * 7_919, sizes.users());
        lists
            .number(id)
            .number(owner)
            .text(words.listTitle())
            .text(random.nextInt(3) == 0 ? words.review() : "")
            .flag(random.nextInt(10) >= 3)
            .time(History.BEGIN.plusSeconds(random.nextLong(700L * 86_400)))
            .endRow();
        PairSet taken = new PairSet(32);
        int size = random.nextInt(4, 13);
        for (int position = 1; position <= size; position++) {
          int album = 1 + Math.floorMod(albums.draw(random) * 104_729, sizes.albums());
          if (taken.add(id, album)) {
            items.number(id).number(album).number(position).endRow();
          }
        }
      }
      lists.finish();
      items.finish();
      progress.at("lists", sizes.lists(), sizes.lists());
    }
  }

  /** The description of the data set that was loaded to the end, or null. */
  private static @Nullable String found(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet table = statement.executeQuery("SELECT to_regclass('halfnote.data_set')")) {
        table.next();
        if (table.getString(1) == null) {
          return null;
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT description FROM halfnote.data_set")) {
        return row.next() ? row.getString(1) : null;
      }
    }
  }

  private void run(Connection connection, String stage, String script) throws SQLException {
    List<String> statements = statements(script);
    progress.at(stage, 0, statements.size());
    for (int i = 0; i < statements.size(); i++) {
      execute(connection, statements.get(i));
      progress.at(stage, i + 1, statements.size());
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> statements(String script) {
    try (InputStream in = DataSetLoader.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("resource " + script + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String code =
          text.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
      List<String> statements = new ArrayList<>();
      for (String statement : code.split(";", -1)) {
        if (!statement.isBlank()) {
          statements.add(statement.strip());
        }
      }
      return statements;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
