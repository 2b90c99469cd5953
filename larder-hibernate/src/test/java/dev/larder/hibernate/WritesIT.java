package dev.larder.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.testkit.EmbeddedPostgreSql;
import jakarta.persistence.EntityManager;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends when Hibernate writes, and when. */
class WritesIT {

  private static final Set<String> EVERY_ALBUM = Set.of("albums", "table:album");
  private static EmbeddedPostgreSql postgresql;
  private static Records records;

  @BeforeAll
  static void start() {
    postgresql = EmbeddedPostgreSql.start();
    records = new Records(
        new Records.Settings(postgresql.url(), "", "writes", false, CaptureMode.ENFORCE));
  }

  @AfterAll
  static void stop() {
    records.close();
    postgresql.close();
  }

  @BeforeEach
  void fill() {
    records.fill();
  }

  private Album album(EntityManager all) {
    return all.find(Album.class, 42L);
  }

  @Test
  void insert_endsTheTagsOfTheNewRow() {
    records.inTransaction(
        all -> all.persist(new Album(44, "New", all.getReference(Artist.class, 8L))));
    assertThat(records.ended())
        .containsAll(EVERY_ALBUM)
        .contains("album:44", "artist:8", "entity:Album#44")
        .doesNotContain("album:42", "artist:7", "table:artist", "rows:album");
  }

  @Test
  void update_endsTheTagsOfTheOldAndOfTheNewValue() {
    records.inTransaction(all -> album(all).artist = all.getReference(Artist.class, 8L));
    assertThat(records.ended())
        .containsAll(EVERY_ALBUM)
        .contains("album:42", "artist:7", "artist:8", "entity:Album#42")
        .doesNotContain("album:43", "rows:album");
  }

  @Test
  void update_ofAnEmbeddedValue_endsBothAndNoneForNull() {
    records.inTransaction(all -> album(all).press = new Press("Verve", "US"));
    assertThat(records.ended()).contains("label:Verve:US").doesNotContain("label:null:null");
    records.inTransaction(all -> album(all).press = new Press("Verve", null));
    assertThat(records.ended()).contains("label:Verve:US");
  }

  @Test
  void delete_endsTheTagsOfTheRow() {
    records.inTransaction(all -> all.remove(album(all)));
    assertThat(records.ended())
        .containsAll(EVERY_ALBUM)
        .contains("album:42", "artist:7", "entity:Album#42");
  }

  @Test
  void subclass_hasTheTagsOfItsParentToo() {
    records.inTransaction(all -> all.find(LiveAlbum.class, 43L).venue = "Paris");
    assertThat(records.ended())
        .contains("venue:Montreux", "venue:Paris", "album:43", "artist:7", "entity:Album#43");
  }

  @Test
  void entityWithoutAnnotation_endsItsRowAndItsTable() {
    records.inTransaction(all -> all.find(Artist.class, 8L).name = "Redding");
    assertThat(records.ended()).containsExactly("entity:Artist#8", "table:artist");
  }

  @Test
  void collection_endsTheTagsOfItsOwner() {
    records.inTransaction(all -> album(all).genres.add("bebop"));
    assertThat(records.ended())
        .contains("album:42", "artist:7", "entity:Album#42", "table:album_genres");
    records.inTransaction(all -> album(all).genres.clear());
    assertThat(records.ended()).contains("album:42", "table:album_genres");
  }

  @Test
  void bulkStatement_endsTheTableAndWhatHasNoPlaceholder() {
    records.inTransaction(
        all -> all.createQuery("update Album set title = 'x' where id = 42").executeUpdate());
    assertThat(records.ended()).containsExactlyInAnyOrder("albums", "table:album", "rows:album");
    records.inTransaction(all -> all.createQuery("delete from LiveAlbum").executeUpdate());
    assertThat(records.ended()).contains("albums", "table:album", "rows:album");
  }

  @Test
  void nativeStatement_endsTheTablesThatItDeclares() {
    records.inTransaction(all -> all.createNativeQuery("UPDATE artist SET name = 'x'")
        .unwrap(org.hibernate.query.NativeQuery.class)
        .addSynchronizedEntityClass(Artist.class)
        .executeUpdate());
    assertThat(records.ended()).containsExactlyInAnyOrder("table:artist", "rows:artist");
  }

  @Test
  void nativeStatementThatDeclaresNothing_endsAllTables() {
    records.inTransaction(
        all -> all.createNativeQuery("UPDATE artist SET name = 'x'").executeUpdate());
    assertThat(records.ended())
        .contains("table:artist", "rows:artist", "table:album", "rows:album", "albums");
  }

  @Test
  void nothingEndsBeforeTheCommitOrByARollBack() {
    records.transaction().executeWithoutResult(status -> {
      records.entities.find(Album.class, 42L).title = "never";
      records.entities.flush();
      assertThat(records.ended()).isEmpty();
      status.setRollbackOnly();
    });
    assertThat(records.ended()).isEmpty();
  }

  @Test
  void withoutAUnitOfWork_nothingEndsBeforeHibernatesOwnCommit() {
    try (EntityManager own = records.factory.createEntityManager()) {
      own.getTransaction().begin();
      own.find(Album.class, 42L).title = "own";
      own.flush();
      own.createQuery("update Artist set name = 'x'").executeUpdate();
      assertThat(records.ended()).isEmpty();
      own.getTransaction().commit();
      assertThat(records.ended()).contains("album:42", "table:artist", "rows:artist");

      own.getTransaction().begin();
      own.find(Album.class, 43L).title = "never";
      own.flush();
      own.getTransaction().rollback();
      assertThat(records.ended()).isEmpty();
    }
  }
}
