package dev.larder.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.TypeRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;

class FingerprintTest {

  private static final String BASE =
      "public record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
          + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }";

  private static final JsonCodecs CODECS = new JsonCodecs();

  private static final int BASE_DIGEST = of(BASE);

  private static int of(String declarations) {
    return CODECS.codec(TypeRef.of(CompiledSource.album(declarations))).fingerprint();
  }

  @Test
  void sameSource_inAnyLoaderAndMapper_isTheSame() {
    assertThat(of(BASE)).isEqualTo(BASE_DIGEST);
  }

  @Test
  void knownShapes_inEveryProcess_haveTheseDigests() {
    assertThat(BASE_DIGEST).isEqualTo(-706399836);
    assertThat(CODECS.codec(new TypeRef<Map<String, List<Long>>>() {}).fingerprint())
        .isEqualTo(658532351);
    assertThat(of("public class Album { public int b; public String a; }")).isEqualTo(-615002559);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A component added, renamed, retyped, removed.
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released, int n)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String name, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(int id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        // The same below.
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind, int n) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int length, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, long seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds) {} enum Kind { SONG, SKIT } }",
        // Constants added, renamed, renamed for JSON.
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT, LIVE } }",
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, TALK } }",
        "record Album(long id, String title, List<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {}"
            + " enum Kind { @JsonProperty(\"song\") SONG, SKIT } }",
        // Containers and their content.
        "record Album(long id, String title, Set<Track> tracks, Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks, Instant released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, String title, List<Track> tracks, Optional<LocalDate> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        // Annotations.
        "record Album(long id, @JsonProperty(\"t\") String title, List<Track> tracks,"
            + " Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, @JsonFormat(pattern = \"x\") String title, List<Track> tracks,"
            + " Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }",
        "record Album(long id, @JsonIgnore String title, List<Track> tracks,"
            + " Optional<Instant> released)"
            + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT } }"
      })
  void anyChangeOfShape_isAnother(String changed) {
    assertThat(of("public " + changed)).isNotEqualTo(BASE_DIGEST);
  }

  @Test
  void orderOfComponentsAndWhatIsNotStored_isTheSame() {
    assertThat(of(
            "public record Album(String title, Optional<Instant> released, List<Track> tracks, long id)"
                + " { record Track(String name, int seconds, Kind kind) {} enum Kind { SONG, SKIT }"
                + " public String getShout() { return title + '!'; } static int some = 1; }"))
        .isEqualTo(BASE_DIGEST);
  }

  @Test
  void eachSubtype_counts() {
    String head = "@JsonTypeInfo(use = JsonTypeInfo.Id.NAME) @JsonSubTypes({"
        + "@JsonSubTypes.Type(value = Album.Lp.class, name = \"lp\"),"
        + "@JsonSubTypes.Type(value = Album.Ep.class, name = \"%s\")})"
        + " public sealed interface Album { record Lp(int sides) implements Album {}"
        + " record Ep(int %s) implements Album {} %s }";
    Map<Integer, String> seen = new HashMap<>();
    for (String each : List.of(
        head.formatted("ep", "tracks", ""),
        head.formatted("single", "tracks", ""),
        head.formatted("ep", "songs", ""),
        head.replace("Id.NAME", "Id.NAME, property = \"kind\"").formatted("ep", "tracks", ""),
        head.replace("Id.NAME", "Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT")
            .formatted("ep", "tracks", ""))) {
      assertThat(seen.put(of(each), each)).as(each).isNull();
    }
    assertThat(of(head.formatted("ep", "tracks", ""))).isIn(seen.keySet());
  }

  @Test
  void recursiveAndGenericTypes_differByWhatTheyHold() {
    int tree = of("public record Album(String name, List<Album> parts) {}");
    int wider = of("public record Album(String name, List<Album> parts, int n) {}");
    assertThat(tree).isNotEqualTo(wider);
    int longs = of("public record Album(Box<Long> box) { record Box<T>(T held) {} }");
    int texts = of("public record Album(Box<String> box) { record Box<T>(T held) {} }");
    assertThat(longs).isNotEqualTo(texts);
  }

  @Test
  void settingsOfTheMapper_count() {
    TypeRef<?> type = TypeRef.of(CompiledSource.album(BASE));
    JsonCodecs snake = JsonCodecs.of(JsonCodecs.mapperBuilder()
        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
        .build());
    JsonCodecs stamps = JsonCodecs.of(JsonCodecs.mapperBuilder()
        .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .build());
    assertThat(snake.codec(type).fingerprint()).isNotEqualTo(CODECS.codec(type).fingerprint());
    assertThat(stamps.codec(type).fingerprint()).isNotEqualTo(CODECS.codec(type).fingerprint());
  }

  @Test
  void rootTypes_differ() {
    assertThat(List.of(
            CODECS.codec(TypeRef.of(String.class)).fingerprint(),
            CODECS.codec(TypeRef.of(Long.class)).fingerprint(),
            CODECS.codec(new TypeRef<List<String>>() {}).fingerprint(),
            CODECS.codec(new TypeRef<List<Long>>() {}).fingerprint(),
            CODECS.codec(new TypeRef<Optional<Long>>() {}).fingerprint(),
            CODECS.codec(new TypeRef<Map<String, Long>>() {}).fingerprint(),
            CODECS.codec(new TypeRef<Map<Long, Long>>() {}).fingerprint()))
        .doesNotHaveDuplicates();
  }
}
