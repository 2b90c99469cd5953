package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.spring.annotation.Cached;
import dev.larder.spring.annotation.LarderAnnotations;
import dev.larder.testkit.EmbeddedPostgreSql;
import jakarta.persistence.EntityManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** An annotated method without a tag. */
class AnnotatedCaptureIT {

  /** What a page shows. */
  public record AlbumPage(String title, String artist) {}

  /** A service as an application writes it. */
  public static class Albums {

    final AtomicInteger loads = new AtomicInteger();
    private final EntityManager entities;
    private final Records records;

    Albums(Records records) {
      this.records = records;
      this.entities = records.entities;
    }

    @Cached(cache = "album_page", ttl = "1h", capture = true)
    public AlbumPage page(long id) {
      loads.incrementAndGet();
      return records.read(all -> {
        Album album = entities.find(Album.class, id);
        return new AlbumPage(album.title, album.artist.name());
      });
    }
  }

  @Test
  void cachedMethod_needsNoTags() {
    try (EmbeddedPostgreSql postgresql = EmbeddedPostgreSql.start();
        Records records = new Records(
            new Records.Settings(postgresql.url(), "", "annotated", false, CaptureMode.ENFORCE))) {
      records.fill();
      try (var context = new AnnotationConfigApplicationContext()) {
        context.registerBean(Larder.class, () -> records.larder);
        Albums target = new Albums(records);
        context.registerBean(Albums.class, () -> target);
        context.register(LarderAnnotations.class);
        context.refresh();
        Albums albums = context.getBean(Albums.class);

        assertThat(albums.page(42)).isEqualTo(new AlbumPage("Blue", "Nina"));
        records.inTransaction(all -> all.find(Artist.class, 8L).name = "somebody else");
        albums.page(42);
        assertThat(target.loads).hasValue(1);

        records.inTransaction(all -> all.find(Artist.class, 7L).name = "Nina Simone");
        assertThat(albums.page(42)).isEqualTo(new AlbumPage("Blue", "Nina Simone"));
        assertThat(target.loads).hasValue(2);
      }
    }
  }
}
