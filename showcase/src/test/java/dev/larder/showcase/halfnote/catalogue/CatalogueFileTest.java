package dev.larder.showcase.halfnote.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueFileTest {
  @TempDir
  Path folder;

  @Test
  void albums_areReadWithWhatIsMissingFilledIn() throws IOException {
    CatalogueFile catalogue = read("""
        {"made": 2020, "albums": [
          {"id": 7, "title": " One ", "artist": "A", "genres": ["Jazz", "Dub"],
           "tracks": [{"name": "First", "ms": 343719}, {"name": "Second"}], "label": "x"},
          {"id": "b", "title": "Two", "artist": "A"},
          {"id": "c", "title": "Three", "artist": "B"}]}""");
    assertThat(catalogue.size()).isEqualTo(3);
    CatalogueAlbum one = catalogue.album(0);
    assertThat(one.id()).isEqualTo("7");
    assertThat(one.title()).isEqualTo("One");
    assertThat(one.genres()).containsExactly("Jazz", "Dub");
    assertThat(one.tracks().get(0).playingTime()).isEqualTo("5:43");
    assertThat(one.tracks().get(1).millis()).isZero();
    assertThat(one.otherTitles()).containsExactly("Two");
    CatalogueAlbum two = catalogue.find("b").orElseThrow();
    assertThat(two.genres()).containsExactly("Unknown");
    assertThat(two.tracks()).isEmpty();
    assertThat(catalogue.find("c").orElseThrow().otherTitles()).isEmpty();
    assertThat(catalogue.find("nobody")).isEmpty();
  }

  @Test
  void otherTitles_areTwelveAtMost() throws IOException {
    StringBuilder albums = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      albums
          .append(i == 0 ? "" : ",")
          .append("{\"id\": %d, \"title\": \"T%d\", \"artist\": \"A\"}".formatted(i, i));
    }
    assertThat(read("{\"albums\": [" + albums + "]}").album(3).otherTitles())
        .hasSize(12)
        .doesNotContain("T3");
  }

  @Test
  void fingerprint_followsTheBytes() throws IOException {
    String one = "{'albums': [{'id': 1, 'title': 'T', 'artist': 'A'}]}".replace('\'', '"');
    String first = read(one).fingerprint();
    assertThat(read(one).fingerprint()).isEqualTo(first);
    assertThat(read(one + " ").fingerprint()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not JSON                                    | it is not JSON",
        "[]                                          | no member \"albums\"",
        "{'albums': []}                              | no member \"albums\"",
        "{'albums': {}}                              | no member \"albums\"",
        "{'albums': [{'title': 'T', 'artist': 'A'}]} | albums[0].id is missing",
        "{'albums': [{'id': 1, 'artist': 'A'}]}      | albums[0].title is missing",
        "{'albums': [{'id': 1, 'title': ' ', 'artist': 'A'}]} | albums[0].title is \" \"",
        "{'albums': [{'id': 1, 'title': 'T', 'artist': ['A']}]} | albums[0].artist is [\"A\"]",
        "{'albums': [{'id': 1, 'title': 'T', 'artist': null}]} | albums[0].artist is null",
        "{'albums': [{'id': 1, 'title': 'T', 'artist': 'A', 'tracks': [{}]}]} | albums[0].tracks.name",
        "{'albums': [{'id': 1, 'title': 'T', 'artist': 'A', 'genres': [1.5]}]} | albums[0].genres is 1.5",
        "{'albums': [{'id': 1, 'title': 'T', 'artist': 'A'}, {'id': '1', 'title': 'U', 'artist': 'A'}]}"
            + " | albums[1].id is \"1\", as in albums[0]",
        "{'albums': [7]}                             | albums[0].id is missing",
      })
  void wrongFile_isRefusedWithThePlace(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(CatalogueFileException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void longTitle_isRefusedShortened() {
    String json = "{\"albums\": [{\"id\": 1, \"artist\": \"A\", \"title\": \"%s\"}]}";
    assertThatThrownBy(() -> read(json.formatted("x".repeat(301))))
        .hasMessageContaining("must be 1 to 300 characters")
        .message()
        .hasSizeLessThan(400);
  }

  @Test
  void noFile_isSaid() {
    assertThatThrownBy(() -> CatalogueFile.read(folder.resolve("none.json")))
        .isInstanceOf(CatalogueFileException.class)
        .hasMessageContaining("no such file")
        .hasMessageContaining("none.json");
    assertThatThrownBy(() -> CatalogueFile.read(folder)).isInstanceOf(CatalogueFileException.class);
  }

  private CatalogueFile read(String json) throws IOException {
    return CatalogueFile.read(Files.writeString(folder.resolve("albums.json"), json));
  }
}
