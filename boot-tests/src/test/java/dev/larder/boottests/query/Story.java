package dev.larder.boottests.query;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.spring.annotation.CachedQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A story, whose repository's queries are cached and whose writes end them. */
@Entity
@CachedQuery(ttl = "7m", tags = "stories")
@InvalidatesTags("story:{id}")
class Story {

  @Id
  private Long id;

  private String title;

  private boolean featured;

  protected Story() {}

  Story(Long id, String title, boolean featured) {
    this.id = id;
    this.title = title;
    this.featured = featured;
  }

  void rename(String to) {
    title = to;
  }
}
