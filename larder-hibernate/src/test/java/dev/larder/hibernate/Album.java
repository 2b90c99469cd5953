package dev.larder.hibernate;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.LinkedHashSet;
import java.util.Set;

/** An entity with an association, an embedded value and a collection. */
@DiscriminatorColumn(name = "kind")
@Entity
@InvalidatesTags({
  "album:{id}",
  "artist:{artist.id}",
  "label:{press.label}:{press.country}",
  "albums"
})
class Album {

  @Id
  Long id;

  String title;

  @ManyToOne(fetch = FetchType.LAZY)
  Artist artist;

  @Embedded
  Press press;

  @ElementCollection
  Set<String> genres = new LinkedHashSet<>();

  protected Album() {}

  Album(long id, String title, Artist artist) {
    this.id = id;
    this.title = title;
    this.artist = artist;
  }
}
