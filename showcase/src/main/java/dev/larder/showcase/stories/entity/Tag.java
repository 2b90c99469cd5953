package dev.larder.showcase.stories.entity;

import dev.larder.spring.annotation.CachedQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a story can be about. Queries of its repository are cached until the table is written. */
@Entity
@CachedQuery(ttl = "default")
public class Tag {
  @Id
  private int id;

  private String name;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Tag() {}

  /** A tag. */
  public Tag(int id, String name) {
    this.id = id;
    this.name = name;
  }

  /** Its number. */
  public int id() {
    return id;
  }

  /** A plain word. */
  public String name() {
    return name;
  }
}
