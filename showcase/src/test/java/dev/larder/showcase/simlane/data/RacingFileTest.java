package dev.larder.showcase.simlane.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a racing file may hold, and how it is refused. */
class RacingFileTest {
  private static final String GOOD = """
      {"source": "Invented",
       "drivers": [
         {"id": "mira-kelden", "name": "Mira Kelden", "nationalityCountryId": "estora"},
         {"id": "tarn-vox", "name": "Tarn Vox"}],
       "circuits": [{"id": "low-ring", "name": "Low Ring", "placeName": "Low", "countryId": "estora"}],
       "races": [{"season": 2024, "race": "estora", "results": [
         {"position": "1", "driverId": "mira-kelden", "points": "25"},
         {"position": "DNF", "driverId": "tarn-vox", "points": null}]}]}
      """;

  @TempDir
  private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("racing.json"), text);
  }

  @Test
  void goodFile_isReadWhole() throws Exception {
    RacingFile racing = RacingFile.read(file(GOOD));
    assertThat(racing.source()).isEqualTo("Invented");
    assertThat(racing.drivers())
        .containsExactly(
            new RacingFile.Driver("mira-kelden", "Mira Kelden", "estora"),
            new RacingFile.Driver("tarn-vox", "Tarn Vox", ""));
    assertThat(racing.circuits())
        .containsExactly(new RacingFile.Circuit("low-ring", "Low Ring", "Low", "estora"));
    assertThat(racing.results())
        .containsExactly(
            new RacingFile.Result(2024, "estora", "mira-kelden", 1, 25),
            new RacingFile.Result(2024, "estora", "tarn-vox", 0, 0));
    assertThat(racing.fingerprint()).hasSize(16);
    assertThat(RacingFile.read(file(GOOD + " ")).fingerprint()).isNotEqualTo(racing.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"drivers\"|\"racers\"|drivers is missing, must be a list",
        "tarn-vox\", \"name\"|mira-kelden\", \"name\"|drivers[1].id is mira-kelden, must be an id that no other",
        "\"Tarn Vox\"|\"\"|drivers[1].name is \"\", must be 1 to 120 characters",
        "\"Tarn Vox\"|7|drivers[1].name is 7, must be 1 to 120 characters",
        "\"id\": \"low-ring\"|\"id\": \"Low Ring\"|circuits[0].id is Low Ring, must be 1 to 80 lower-case",
        "2024|1024|races[0].season is 1024, must be 1900 to 2100",
        "\"driverId\": \"tarn-vox\"|\"driverId\": \"who\"|races[0].results[1].driverId is who, must be the id of",
        "\"25\"|\"many\"|races[0].results[0].points is many, must be 0 to 1000",
        "\"results\": [|\"results\": 3, \"x\": [|races[0].results is 3, must be a list",
      })
  void badFile_isRefused_withPlaceAndRange(String good, String bad, String message)
      throws Exception {
    assertThat(GOOD).contains(good);
    Path file = file(GOOD.replace(good, bad));
    assertThatThrownBy(() -> RacingFile.read(file))
        .isInstanceOf(RacingFileException.class)
        .hasMessageContaining("simlane.racing: " + file)
        .hasMessageContaining(message);
  }

  @Test
  void noJson_andNoFile_areRefused() throws Exception {
    Path file = file("{\"drivers\": [");
    assertThatThrownBy(() -> RacingFile.read(file)).hasMessageContaining("is not JSON");
    assertThatThrownBy(() -> RacingFile.read(folder.resolve("none.json")))
        .hasMessageContaining("can't be read");
  }
}
