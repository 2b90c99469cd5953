package dev.larder.boottests.jpa;

import dev.larder.spring.annotation.Cached;
import jakarta.persistence.EntityManager;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.transaction.annotation.Transactional;

/** A service that names no tags where it captures, and invalidates nothing itself. */
public class Albums {

  private final EntityManager entities;
  final AtomicInteger loads = new AtomicInteger();

  Albums(EntityManager entities) {
    this.entities = entities;
  }

  /** Tagged by hand. */
  @Cached(cache = "title", tags = "album:#{#id}")
  @Transactional(readOnly = true)
  public String title(long id) {
    loads.incrementAndGet();
    return entities.find(Album.class, id).title();
  }

  /** Not tagged: what it reads becomes its tags. */
  @Cached(cache = "page", capture = true)
  @Transactional(readOnly = true)
  public String page(long id) {
    loads.incrementAndGet();
    return "page of " + entities.find(Album.class, id).title();
  }

  @Cached(cache = "count", capture = true)
  @Transactional(readOnly = true)
  public Long count() {
    loads.incrementAndGet();
    return entities.createQuery("select count(a) from Album a", Long.class).getSingleResult();
  }

  @Transactional
  public void add(long id, String title) {
    entities.persist(new Album(id, title));
  }

  @Transactional
  public void rename(long id, String title) {
    entities.find(Album.class, id).rename(title);
  }

  @Transactional
  public void renameAndFail(long id, String title) {
    rename(id, title);
    entities.flush();
    throw new IllegalStateException("no");
  }
}
