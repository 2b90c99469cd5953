package dev.larder.boottests.jpa;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An album. */
@Entity
@InvalidatesTags("album:{id}")
public class Album {

  @Id
  private Long id;

  private String title;

  protected Album() {}

  Album(Long id, String title) {
    this.id = id;
    this.title = title;
  }

  String title() {
    return title;
  }

  void rename(String to) {
    title = to;
  }
}
