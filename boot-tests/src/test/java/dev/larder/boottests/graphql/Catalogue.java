package dev.larder.boottests.graphql;

import dev.larder.spring.annotation.Cached;
import dev.larder.spring.annotation.Invalidates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What there is, in a database; counts its statements. */
public class Catalogue {

  /** An album. */
  public record Album(long id, String title, long artistId) {}

  /** An artist. */
  public record Artist(long id, String name) {}

  private final JdbcClient database;
  private final AtomicInteger statements = new AtomicInteger();

  Catalogue(JdbcClient database) {
    this.database = database;
  }

  AtomicInteger statements() {
    return statements;
  }

  private JdbcClient.StatementSpec sql(String statement) {
    statements.incrementAndGet();
    return database.sql(statement);
  }

  public Album album(long id) {
    return sql("select * from albums where id = ?").param(id).query(Album.class).single();
  }

  public List<Album> albums() {
    return sql("select * from albums order by id").query(Album.class).list();
  }

  public Map<Long, Artist> artists(Set<Long> ids) {
    Map<Long, Artist> found = new HashMap<>();
    sql("select * from artists where id in (:ids)")
        .param("ids", ids)
        .query(Artist.class)
        .list()
        .forEach(artist -> found.put(artist.id(), artist));
    return found;
  }

  public double rating(long id) {
    return sql("select rating from albums where id = ?")
        .param(id)
        .query(Double.class)
        .single();
  }

  /** Read asynchronously by its caller. */
  @Cached(cache = "plays", tags = "plays:#{#id}")
  public int plays(long id) {
    return sql("select plays from albums where id = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  @Invalidates(tags = {"album:#{#id}", "albums"})
  public Album rename(long id, String title) {
    sql("update albums set title = ? where id = ?").param(title).param(id).update();
    return album(id);
  }

  void count(long id, int plays) {
    sql("update albums set plays = ? where id = ?").param(plays).param(id).update();
  }
}
