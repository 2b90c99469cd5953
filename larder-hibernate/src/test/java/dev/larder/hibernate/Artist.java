package dev.larder.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import java.util.ArrayList;
import java.util.List;

/** An entity without tags of its own. */
@Entity
class Artist {

  @Id
  Long id;

  String name;

  @OneToMany(mappedBy = "artist")
  List<Album> albums = new ArrayList<>();

  protected Artist() {}

  Artist(long id, String name) {
    this.id = id;
    this.name = name;
  }

  /** A method, so that a proxy can answer it. */
  public String name() {
    return name;
  }
}
