package dev.larder.hibernate;

import jakarta.persistence.Entity;

/** A subclass with a tag more. */
@Entity
@InvalidatesTags("venue:{venue}")
class LiveAlbum extends Album {

  String venue;

  protected LiveAlbum() {}

  LiveAlbum(long id, String title, Artist artist, String venue) {
    super(id, title, artist);
    this.venue = venue;
  }
}
