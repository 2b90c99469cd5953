package dev.larder.boottests.query;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An author, of whom nothing is cached but where a method says so. */
@Entity
class Author {

  @Id
  private Long id;

  private String name;

  protected Author() {}

  Author(Long id, String name) {
    this.id = id;
    this.name = name;
  }
}
