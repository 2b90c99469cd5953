package dev.larder.showcase.halfnote.source;

import dev.larder.showcase.halfnote.catalogue.CatalogueAlbum;
import dev.larder.showcase.halfnote.catalogue.CatalogueClient;
import dev.larder.showcase.halfnote.domain.Album;
import dev.larder.showcase.halfnote.domain.AlbumDetails;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts together what Halfnote and what the external catalogue know of an album. One statement and
 * one slow HTTP call.
 */
final class AlbumLookup {
  private final JdbcClient jdbc;
  private final CatalogueClient catalogue;

  AlbumLookup(JdbcClient jdbc, CatalogueClient catalogue) {
    this.jdbc = jdbc;
    this.catalogue = catalogue;
  }

  Optional<AlbumDetails> find(long id) {
    return jdbc.sql("SELECT" + Rows.ALBUM + "FROM halfnote.albums b WHERE b.id = ?")
        .param(id)
        .query(Rows::album)
        .optional()
        .map(this::withDetails);
  }

  private AlbumDetails withDetails(Album album) {
    Optional<CatalogueAlbum> found = catalogue.find(album.catalogueId());
    return found
        .map(details ->
            new AlbumDetails(album, details.genres(), details.tracks(), details.otherTitles()))
        // Known here, gone there: the page still has title and artist.
        .orElseGet(() -> new AlbumDetails(album, List.of(), List.of(), List.of()));
  }
}
