package dev.larder.showcase.halfnote.data;

import dev.larder.showcase.data.CopyStream;
import dev.larder.showcase.data.PairSet;
import dev.larder.showcase.data.Progress;
import dev.larder.showcase.data.SchemaLoad;
import dev.larder.showcase.data.Zipf;
import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.CatalogueAlbum;
import dev.larder.showcase.halfnote.data.DataSet.Sizes;
import dev.larder.showcase.start.StartFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/**
 * Fills the schema {@code halfnote} with a data set, unless it holds that very one.
 *
 * <p>Rows go in by {@code COPY}, one connection per table, into tables without indexes.
 */
public final class DataSetLoader {
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
   * Makes the tables hold the data set. Two round trips when they already do.
   *
   * @return true if rows were loaded, false if they were there
   * @throws SQLException if the database refuses; the next call begins again from nothing
   * @throws StartFailure if the schema halfnote is somebody else's; it stays as it is
   */
  public boolean load(DataSet wanted, Catalogue catalogue) throws SQLException {
    return new SchemaLoad(dataSource, "halfnote", DataSetLoader.class, progress)
        .ensure(wanted.description(), () -> rows(wanted, catalogue));
  }

  private void rows(DataSet wanted, Catalogue catalogue) throws SQLException {
    Sizes sizes = wanted.sizes(catalogue.size());
    SplittableRandom seeds = new SplittableRandom(wanted.seed());
    users(sizes, seeds.nextLong());
    albums(catalogue);
    history(sizes, seeds.nextLong());
    lists(sizes, seeds.nextLong());
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
            .text(words.names().username(id))
            .text(words.names().displayName())
            .text(words.bio())
            .text(words.names().place())
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
}
